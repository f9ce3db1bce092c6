import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rest } from "@/server/api/rest/client.testkit";
import { createRunsScene, edge, effect, type RunsScene } from "./runs.testkit";

let scene: RunsScene;

beforeAll(async () => {
  scene = await createRunsScene();
  await scene.publish("order", order);
});
afterAll(() => scene.close());

const order = {
  startNodeId: "reserve",
  nodes: [
    effect("reserve"),
    { id: "ask", type: "approval", name: "Ask", assignTo: "role:owner", policy: { editable: ["input.amount"] } },
    effect("pay", { path: "/pay/${input.amount}" }),
    effect("tell"),
  ],
  edges: [edge("reserve", "ask"), edge("ask", "pay", "approved"), edge("pay", "tell")],
};

const runs = "/api/v1/workflows";
const get = async (id: string, more = "") => (await scene.call("GET", `${runs}/${id}${more}`)).json;
const post = (id: string, verb: string, body: object = {}, headers: Record<string, string> = {}) =>
  scene.call("POST", `${runs}/${id}/${verb}`, body, headers);
const keysOf = (receipts: { idempotency_key: string }[]) =>
  receipts.map(({ idempotency_key: key }) => key.split(":")[1]);

async function ordered(amount: number, edits?: object): Promise<string> {
  const id = await scene.start("order", { amount });
  const { approvals } = await scene.reached(id, "waiting_approval");
  await post(id, `approvals/${approvals[0].id}/approve`, edits ? { edits } : {});
  return id;
}

async function snapshotAfter(id: string, nodeId: string): Promise<string> {
  const { snapshots } = await get(id, "/snapshots");
  return snapshots.find((snapshot: { node_id: string }) => snapshot.node_id === nodeId).id;
}

async function restored(id: string, nodeId: string): Promise<string> {
  const answer = await post(id, "restore", { snapshot_id: await snapshotAfter(id, nodeId) });
  expect(answer).toMatchObject({ status: 201, json: { restored_from: id, status: "pending" } });
  expect(answer.json.id).not.toBe(id);
  return answer.json.id;
}

/** The restored run, once it was approved in its own right and is done. */
async function approvedAgain(id: string) {
  const { approvals } = await scene.reached(id, "waiting_approval");
  await post(id, `approvals/${approvals.at(-1).id}/approve`);
  return scene.reached(id, "completed");
}

describe("A-6 snapshots and restore", () => {
  it("A-6 a snapshot is there after every call and every wait, in order, by the step's own id", async () => {
    const id = await ordered(1);
    const run = await scene.reached(id, "completed");
    const { snapshots, next_after: next } = await get(id, "/snapshots");
    expect(next).toBeNull();
    expect(snapshots.map((each: { node_id: string }) => each.node_id)).toEqual(["reserve", "ask", "pay", "tell"]);
    expect(snapshots.map((each: { id: string }) => each.id)).toEqual(run.steps.map((step: { id: string }) => step.id));
    const page = await get(id, `/snapshots?limit=2`);
    expect(page).toMatchObject({ snapshots: snapshots.slice(0, 2), next_after: snapshots[1].position });
    expect((await get(id, `/snapshots?after=${page.next_after}`)).snapshots).toEqual(snapshots.slice(2));
  });

  it("A-6 a new run does only what comes after, under new keys, and asks again what was approved", async () => {
    const id = await ordered(2);
    const old = await scene.reached(id, "completed");
    const copy = await restored(id, "ask");
    const asked = await scene.reached(copy, "waiting_approval");
    expect(asked.approvals).toMatchObject([
      { status: "pending", approved_before: { run_id: id, by: "owner", happened: true } },
    ]);
    expect(scene.called.filter((path) => path === "/pay/2")).toHaveLength(1);
    await post(copy, `approvals/${asked.approvals[0].id}/approve`);
    const run = await scene.reached(copy, "completed");
    expect(keysOf((await get(copy, "/receipts")).receipts)).toEqual(["pay", "tell"]);
    expect((await get(copy, "/receipts")).receipts[0].idempotency_key).toBe(`${copy}:pay`);
    expect(run.approvals).toHaveLength(1);
    expect(run.output).toEqual(old.output);
    expect(run.events.map(({ type }: { type: string }) => type)).toEqual([
      "run.created",
      "run.restored",
      "run.started",
      ...["step.started", "step.waiting", "approval.requested", "approval.approved"],
      ...["step.completed", "step.started", "step.completed", "step.started", "step.completed"],
      "run.completed",
    ]);
    expect(run.events[1]).toMatchObject({
      actor: { name: "owner" },
      data: { from_run_id: id, node_id: "ask", name: "Ask", kept_steps: 1 },
    });
    expect(await get(id)).toEqual(old);
  });

  it("A-6 works from a failed, a cancelled and a waiting run, and several times", async () => {
    scene.broken.add("/pay/3");
    const failed = await ordered(3);
    await scene.reached(failed, "failed");
    scene.broken.delete("/pay/3");
    for (const copy of [await restored(failed, "ask"), await restored(failed, "ask")]) await approvedAgain(copy);
    const waiting = await scene.start("order", { amount: 3 });
    await scene.reached(waiting, "waiting_approval");
    const copy = await restored(waiting, "reserve");
    const asked = await scene.reached(copy, "waiting_approval");
    expect(asked.approvals).toHaveLength(1);
    await post(waiting, "cancel");
    await scene.reached(await restored(waiting, "reserve"), "waiting_approval");
    expect((await get(waiting)).status).toBe("cancelled");
  });

  it("A-6 values that an approver changed, and a retry's correction, count from where they were made", async () => {
    const edited = await ordered(4, { amount: 44 });
    await scene.reached(edited, "completed");
    const before = await scene.reached(await restored(edited, "reserve"), "waiting_approval");
    await post(before.id, `approvals/${before.approvals[0].id}/approve`);
    await scene.reached(before.id, "completed");
    expect(scene.called.filter((path) => path === "/pay/4")).toHaveLength(1);
    // What an approver changed belongs to the approval, which is asked again with what came in.
    await approvedAgain(await restored(edited, "ask"));
    expect(scene.called.filter((path) => path === "/pay/44")).toHaveLength(1);
    expect(scene.called.filter((path) => path === "/pay/4")).toHaveLength(2);

    scene.broken.add("/pay/5");
    const corrected = await ordered(5);
    await scene.reached(corrected, "failed");
    await post(corrected, "retry", { patch: { amount: 55 } });
    // The approval was for 5: it is asked again for 55.
    const again = await scene.reached(corrected, "waiting_approval");
    await post(corrected, `approvals/${again.approvals.at(-1).id}/approve`);
    await scene.reached(corrected, "completed");
    scene.broken.delete("/pay/5");
    const after = await approvedAgain(await restored(corrected, "pay"));
    expect(after.input).toEqual({ amount: 55 });
    const earlier = await approvedAgain(await restored(corrected, "ask"));
    expect(earlier.input).toEqual({ amount: 5 });
    expect(scene.called).toContain("/pay/5");
  });

  it("A-6 a loop that was under way goes on with the items that were not finished", async () => {
    await scene.publish("each", {
      startNodeId: "all",
      nodes: [
        {
          id: "all",
          type: "for_each",
          items: "${input.items}",
          body: { startNodeId: "one", nodes: [effect("one", { path: "/one/${item}" })], edges: [] },
        },
      ],
      edges: [],
    });
    scene.broken.add("/one/c");
    const id = await scene.start("each", { items: ["a", "b", "c"] });
    await scene.reached(id, "failed");
    scene.broken.delete("/one/c");
    const { snapshots } = await get(id, "/snapshots");
    expect(snapshots.map((each: { iteration: string }) => each.iteration)).toEqual(["0", "1"]);
    const answer = await post(id, "restore", { snapshot_id: snapshots[0].id });
    const run = await scene.reached(answer.json.id, "completed");
    expect((await get(run.id, "/receipts")).receipts.map((each: { iteration: string }) => each.iteration)).toEqual([
      "1",
      "2",
    ]);
    expect(run.output).toHaveLength(3);
  });

  it("A-6 the same Idempotency-Key makes one run", async () => {
    const id = await ordered(6);
    await scene.reached(id, "completed");
    const body = { snapshot_id: await snapshotAfter(id, "pay") };
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => post(id, "restore", body, { "idempotency-key": `again-${id}` })),
    );
    expect(new Set(answers.map(({ json }) => json.id)).size).toBe(1);
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
    await approvedAgain(answers[0]?.json.id);
  });

  it("A-6 is refused for what is no snapshot, for strangers and onlookers, and where nothing may start", async () => {
    const id = await ordered(7);
    const run = await scene.reached(id, "completed");
    const other = await ordered(8);
    await scene.reached(other, "completed");
    for (const snapshot of ["nonsense", run.id, await snapshotAfter(other, "pay")])
      expect(await post(id, "restore", { snapshot_id: snapshot })).toMatchObject({
        status: 404,
        json: { error: { message: expect.stringContaining("no such snapshot") } },
      });
    const body = { snapshot_id: await snapshotAfter(id, "pay") };
    const { viewer } = scene.north.members;
    expect((await rest(viewer.apiKey, "POST", `${runs}/${id}/restore`, body)).status).toBe(403);
    expect((await rest(scene.south.members.owner.apiKey, "POST", `${runs}/${id}/restore`, body)).status).toBe(404);
    await scene.call("POST", "/api/workflows/order/retire");
    expect(await post(id, "restore", body)).toMatchObject({
      status: 409,
      json: { error: { code: "workflow_retired" } },
    });
    await scene.call("POST", "/api/workflows/order/publish");
    expect((await post(id, "restore", body)).status).toBe(201);
  });

  it("A-6 counts in its workflow's limit: with no place free it waits in line", async () => {
    await scene.publish(
      "narrow",
      {
        startNodeId: "first",
        nodes: [effect("first"), { id: "ask", type: "approval", assignTo: "role:owner" }],
        edges: [edge("first", "ask")],
      },
      { config: { concurrency: { limit: 1, key: null, whenFull: "queue" } } },
    );
    const id = await scene.start("narrow");
    await scene.reached(id, "waiting_approval");
    const copy = await restored(id, "first");
    await scene.worker.executor.idle();
    expect((await get(copy)).status).toBe("pending");
    await post(id, "cancel");
    const run = await scene.reached(copy, "waiting_approval");
    expect((await get(run.id, "/receipts")).receipts).toEqual([]);
    await post(copy, "cancel");
  });
});
