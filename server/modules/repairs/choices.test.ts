import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readId } from "@/core/ids";
import { createCaller } from "@/server/routes/root";
import { edge, effect } from "@/server/modules/runs/runs.testkit";
import { createRepairsScene, type RepairsScene } from "./repairs.testkit";
import { fixAndGoOn, leaveAsItIs, skipStep, tryAgain } from "./service";

let scene: RepairsScene;

beforeAll(async () => {
  scene = await createRepairsScene();
});
afterAll(() => scene.close());

const uuid = (id: string): string => readId("run", id) ?? id;
const mend = (amount: number): void => void scene.broken.delete(`/pay/${String(amount)}`);
const calls = (amount: number): number => scene.called.filter((path) => path === `/pay/${String(amount)}`).length;
const settledOf = async (id: string) => (await scene.open(scene.owner, id)).settled;

describe("53 try again", () => {
  it("goes on from the failed step of the same version; the approval stays, and the list says who did it", async () => {
    const id = await scene.pay(11);
    mend(11);
    await tryAgain(scene.owner, id);
    const run = await scene.reached(id, "completed");
    expect(run.approvals).toHaveLength(1);
    expect(calls(11)).toBe(2);
    expect(await scene.waiting(scene.owner)).toEqual([]);
    expect((await scene.decided(scene.owner))[0]).toMatchObject({
      id: uuid(id),
      settled: { how: "retried", by: "owner", reason: null },
    });
  });

  it("is done once, whoever presses how often; the others learn who was first", async () => {
    const id = await scene.pay(12);
    mend(12);
    const operator = scene.north.members.operator.actor;
    const both = await Promise.allSettled([tryAgain(scene.owner, id), tryAgain(operator, id), tryAgain(operator, id)]);
    const refused = both.flatMap((result) => (result.status === "rejected" ? [result.reason as unknown] : []));
    expect(refused).toHaveLength(2);
    for (const error of refused)
      expect(error).toMatchObject({
        code: "conflict",
        message: expect.stringMatching(/^(owner|operator) tried this run again meanwhile\./) as string,
      });
    await scene.reached(id, "completed");
    expect(calls(12)).toBe(2);
  });

  it("that fails again stands in the inbox again, and says that it was tried", async () => {
    const id = await scene.pay(13);
    for (const [times, actor] of [scene.owner, scene.north.members.operator.actor].entries()) {
      await tryAgain(actor, id);
      await scene.reached(id, "failed");
      expect((await scene.waiting(scene.owner)).map((item) => item.id)).toContain(uuid(id));
      expect(await scene.open(scene.owner, id)).toMatchObject({
        settled: null,
        triedBefore: { times: times + 1, by: actor.name },
      });
    }
    await leaveAsItIs(scene.owner, id, "Over");
  });

  it("over the API, and a new run made from one of its snapshots, settle it as well", async () => {
    const [retried, restored] = [await scene.pay(14), await scene.pay(14)];
    mend(14);
    expect((await scene.call("POST", `/api/v1/runs/${retried}/retry`)).status).toBe(200);
    expect(await settledOf(retried)).toMatchObject({ how: "retried", by: "owner" });
    const { json } = await scene.call("GET", `/api/v1/runs/${restored}/snapshots`);
    const made = await scene.call("POST", `/api/v1/runs/${restored}/restore`, { snapshot_id: json.snapshots[0].id });
    expect(made.status, JSON.stringify(made.json)).toBe(201);
    expect(await settledOf(restored)).toMatchObject({ how: "restored", by: "owner" });
    await scene.reached(retried, "completed");
  });

  it("is refused to who may not control runs, and to strangers", async () => {
    const id = await scene.pay(15);
    const { viewer, approver } = scene.north.members;
    for (const { actor } of [viewer, approver])
      await expect(createCaller({ actor, requestId: "" }).inbox.tryAgain({ id })).rejects.toMatchObject({
        message: expect.stringContaining("runs:control") as string,
      });
    await expect(tryAgain(scene.south.members.owner.actor, id)).rejects.toMatchObject({ code: "not_found" });
    expect(await settledOf(id)).toBeNull();
    await leaveAsItIs(scene.owner, id, "Over");
  });
});

describe("53 fix and go on", () => {
  it("takes what the schema takes, and asks an approval again that holds the value", async () => {
    const id = await scene.pay(21);
    await expect(fixAndGoOn(scene.owner, id, { amount: 21 })).rejects.toMatchObject({
      code: "validation_failed",
      message: expect.stringContaining("Nothing was changed") as string,
    });
    await expect(fixAndGoOn(scene.owner, id, { amount: -1 })).rejects.toMatchObject({
      code: "validation_failed",
      details: [{ path: "patch.amount" }],
    });
    await fixAndGoOn(scene.owner, id, { amount: 22 });
    const { approvals } = await scene.reached(id, "waiting_approval");
    const pending = approvals.find(({ status }: { status: string }) => status === "pending");
    expect(calls(22)).toBe(0);
    await scene.call("POST", `/api/v1/approvals/${pending.id}/approve`);
    expect((await scene.reached(id, "completed")).output).toMatchObject({ paid: "/pay/22" });
    expect(await settledOf(id)).toMatchObject({ how: "fixed", by: "owner" });
  });

  it("never shows what is sensitive, and leaves it as it is", async () => {
    await scene.publish("secret", {
      startNodeId: "act",
      nodes: [
        effect("act", {
          path: "/secret",
          body: { pin: "${input.pin}", who: "${input.who}" },
          sensitive: ["input.body.pin"],
        }),
      ],
      edges: [],
      inputSchema: {
        type: "object",
        properties: { pin: { type: "string" }, who: { type: "string" } },
        required: ["pin", "who"],
      },
    });
    scene.broken.add("/secret");
    const id = await scene.start("secret", { pin: "kestrel-plover", who: "Jane" });
    await scene.reached(id, "failed");
    const context = await scene.open(scene.owner, id);
    expect(context.fix).toMatchObject({ values: { who: "Jane" }, hidden: ["pin"], schema: { required: ["who"] } });
    expect(JSON.stringify(context)).not.toContain("kestrel");
    scene.broken.delete("/secret");
    await fixAndGoOn(scene.owner, id, { who: "John" });
    const run = await scene.reached(id, "completed");
    expect(JSON.stringify(run)).not.toContain("kestrel");
    const { rows } = await scene.database.pool.query("select input, input_edits from runs where id = $1", [uuid(id)]);
    expect({ ...rows[0].input, ...rows[0].input_edits }).toEqual({ pin: "kestrel-plover", who: "John" });
  });
});

describe("53 skip this step", () => {
  it("goes on behind it with nothing of it, and the history and the audit log say who and why", async () => {
    const id = await scene.pay(31);
    await skipStep(scene.owner, id, "Paid by hand");
    const run = await scene.reached(id, "completed");
    expect(run.output).toMatchObject({ paid: null });
    expect(calls(31)).toBe(1);
    expect(run.events).toContainEqual(
      expect.objectContaining({
        type: "step.let_be",
        actor: { name: "owner" },
        data: expect.objectContaining({ name: "Pay", reason: "Paid by hand" }) as unknown,
      }),
    );
    expect(await settledOf(id)).toMatchObject({ how: "skipped", reason: "Paid by hand" });
    const { rows } = await scene.database.pool.query(
      "select data from audit_entries where subject_id = $1 and action = 'run.retry'",
      [uuid(id)],
    );
    expect(rows[0].data).toMatchObject({ skipped: "pay", reason: "Paid by hand" });
  });

  it("skips one item of a loop, and the others are not done again", async () => {
    await scene.publish("each", {
      startNodeId: "each",
      nodes: [
        {
          id: "each",
          type: "loop",
          items: "[1, 2, 3]",
          body: { startNodeId: "act", nodes: [effect("act", { path: "/item/${item}" })], edges: [] },
        },
        { id: "end", type: "end" },
      ],
      edges: [edge("each", "end")],
    });
    scene.broken.add("/item/2");
    const id = await scene.start("each");
    await scene.reached(id, "failed");
    await skipStep(scene.owner, id, "Not this one");
    await scene.reached(id, "completed");
    for (const item of [1, 2, 3])
      expect(scene.called.filter((path) => path === `/item/${String(item)}`)).toHaveLength(1);
  });

  it("is refused where an approval is still to come: it could lead past it", async () => {
    await scene.publish("check", {
      startNodeId: "check",
      nodes: [
        effect("check", { path: "/check" }),
        { id: "ask", type: "approval", assignTo: "role:owner" },
        effect("act"),
      ],
      edges: [edge("check", "ask"), edge("ask", "act", "approved")],
    });
    scene.broken.add("/check");
    const id = await scene.start("check");
    await scene.reached(id, "failed");
    expect((await scene.open(scene.owner, id)).skipRefused).toBe(
      "An approval comes after this step, so it cannot be skipped.",
    );
    await expect(skipStep(scene.owner, id, "Never mind")).rejects.toMatchObject({ code: "conflict" });
    expect(await settledOf(id)).toBeNull();
  });
});

describe("53 leave as it is", () => {
  it("takes a reason, keeps the run failed, and is in the history, the audit log and the list", async () => {
    const id = await scene.pay(41);
    const caller = createCaller({ actor: scene.owner, requestId: "" });
    await expect(caller.inbox.leaveAsItIs({ id, reason: "  " })).rejects.toThrow();
    await caller.inbox.leaveAsItIs({ id, reason: "Paid by hand" });
    const run = await scene.reached(id, "failed");
    expect(run.events).toContainEqual(
      expect.objectContaining({ type: "run.left_failed", actor: { name: "owner" }, data: { reason: "Paid by hand" } }),
    );
    expect((await scene.decided(scene.owner))[0]).toMatchObject({
      settled: { how: "left", by: "owner", reason: "Paid by hand" },
    });
    const { rows } = await scene.database.pool.query(
      "select data from audit_entries where subject_id = $1 and action = 'run.left_failed'",
      [uuid(id)],
    );
    expect(rows).toEqual([{ data: { reason: "Paid by hand" } }]);
    await expect(leaveAsItIs(scene.owner, id, "Again")).rejects.toMatchObject({
      code: "conflict",
      message: "owner left this run as it is meanwhile. Nothing was done a second time.",
    });
    // It can be retried on its page all the same.
    mend(41);
    expect((await scene.call("POST", `/api/v1/runs/${id}/retry`)).status).toBe(200);
    await scene.reached(id, "completed");
  });
});
