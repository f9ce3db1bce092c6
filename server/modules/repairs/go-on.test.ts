import { eventually } from "@/inngest/runtime/runtime.testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId, readId } from "@/core/ids";
import { goOnArgs } from "@/server/modules/runs/go-on";
import { findRun } from "@/server/modules/runs/repository";
import { runStore } from "@/server/modules/runs/run-store";
import { edge, effect } from "@/server/modules/runs/runs.testkit";
import { createRepairsScene, type RepairsScene } from "./repairs.testkit";
import { goOnWithNewest, tryAllAgain } from "./service";

let scene: RepairsScene;

beforeAll(async () => {
  scene = await createRepairsScene();
});
afterAll(() => scene.close());

interface Order {
  hold?: object;
  pay?: object;
  ask?: object;
  more?: { nodes?: object[]; edges?: object[]; inputSchema?: object };
  straight?: boolean;
}

/** reserve -> ask -> hold -> pay; whatever differs in this version. */
function order({ hold = {}, pay = {}, ask = {}, more = {}, straight = false }: Order = {}) {
  return {
    startNodeId: "reserve",
    nodes: [
      effect("reserve", { path: "/reserve" }),
      ...(straight ? [] : [{ id: "ask", type: "approval", name: "Ask", assignTo: "role:owner", ...ask }]),
      effect("hold", { name: "Hold", path: "/hold", ...hold }),
      effect("pay", { name: "Pay", path: "/broken", ...pay }),
      ...(more.nodes ?? []),
    ],
    edges: [
      ...(straight ? [edge("reserve", "hold")] : [edge("reserve", "ask"), edge("ask", "hold", "approved")]),
      edge("hold", "pay"),
      ...(more.edges ?? []),
    ],
    inputSchema: more.inputSchema ?? { type: "object", properties: { amount: { type: "number" } } },
  };
}

let count = 0;
/** Publishes one version, lets a run of it fail at its last step, and publishes another one. */
async function failedAndChanged(before: Order, after: Order): Promise<{ id: string; slug: string }> {
  const slug = `order-${String((count += 1))}`;
  await scene.publish(slug, order(before));
  scene.broken.add("/broken");
  const id = await scene.start(slug, { amount: 5 });
  if (before.straight !== true) {
    const { approvals } = await scene.reached(id, "waiting_approval");
    expect((await scene.call("POST", `/api/v1/approvals/${approvals[0].id}/approve`)).status).toBe(200);
  }
  await scene.reached(id, "failed");
  await publishNext(slug, after);
  return { id, slug };
}

async function publishNext(slug: string, after: Order): Promise<void> {
  const saved = await scene.call("PATCH", `/api/workflows/${slug}`, { spec: order(after) });
  expect(saved.status, JSON.stringify(saved.json)).toBe(200);
  const published = await scene.call("POST", `/api/workflows/${slug}/publish`);
  expect(published.status, JSON.stringify(published.json)).toBe(200);
}

const calls = (path: string): number => scene.called.filter((each) => each === path).length;
const goOnOf = async (id: string) => (await scene.open(scene.owner, id)).goOn;
const retry = (id: string, body: object) => scene.call("POST", `/api/v1/runs/${id}/retry`, body);

describe("8 21 a failed run goes on with the newest version", () => {
  it("from the step that failed: what is done stays done, the history says so, and the card said it before", async () => {
    const path = "/mended-1";
    const { id } = await failedAndChanged({ straight: true }, { straight: true, pay: { path } });
    expect(await goOnOf(id)).toEqual({ version: 2, refusal: null, askedAgain: [] });
    const before = { reserve: calls("/reserve"), hold: calls("/hold") };
    await goOnWithNewest(scene.owner, id, 2);
    const run = await scene.reached(id, "completed");
    expect(run.template.version).toBe(2);
    expect({ reserve: calls("/reserve"), hold: calls("/hold"), paid: calls(path) }).toEqual({ ...before, paid: 1 });
    const { json } = await scene.call("GET", `/api/v1/runs/${id}/events`);
    expect(json.events).toContainEqual(
      expect.objectContaining({
        type: "run.retried",
        data: expect.objectContaining({ version: 2, version_before: 1 }) as object,
      }),
    );
    expect((await scene.open(scene.owner, id)).settled).toMatchObject({ how: "moved", by: "owner" });
    expect((await scene.call("GET", "/api/v1/audit?action=run.retry&limit=1")).json.entries[0].data).toMatchObject({
      version: 2,
      versionBefore: 1,
    });
  });

  it("approvals stay while nothing behind them changed", async () => {
    const { id } = await failedAndChanged(
      {},
      { pay: { name: "Pay now" }, more: { nodes: [effect("other")], edges: [edge("reserve", "other")] } },
    );
    scene.broken.delete("/broken");
    expect(await goOnOf(id)).toEqual({ version: 2, refusal: null, askedAgain: [] });
    expect((await retry(id, { version: 2 })).status).toBe(200);
    expect((await scene.reached(id, "completed")).approvals).toHaveLength(1);
  });

  it("an approval of which anything that it allowed was changed is refused after a call, and asked again before one", async () => {
    const behind = await failedAndChanged({}, { pay: { path: "/mended-2" } });
    expect(await goOnOf(behind.id)).toMatchObject({
      refusal: "“Hold” is done already, and would be done a second time, because what leads to it was changed.",
    });
    const refused = await retry(behind.id, { version: 2 });
    expect(refused.status).toBe(409);
    expect(refused.json.error.message).toContain("This run cannot go on with version 2. “Hold” is done already");
    expect(calls("/mended-2")).toBe(0);

    const first = await failedAndChanged(
      { hold: { path: "/broken" } },
      { hold: { path: "/mended-3" }, pay: { path: "/mended-4" } },
    );
    expect(await goOnOf(first.id)).toEqual({ version: 2, refusal: null, askedAgain: ["Ask"] });
    await goOnWithNewest(scene.owner, first.id, 2);
    const asked = await scene.reached(first.id, "waiting_approval");
    expect(calls("/mended-3")).toBe(0);
    const { id: approval } = asked.approvals.find(({ status }: { status: string }) => status === "pending");
    expect((await scene.call("POST", `/api/v1/approvals/${approval}/approve`)).status).toBe(200);
    await scene.reached(first.id, "completed");
    expect([calls("/mended-3"), calls("/mended-4")]).toEqual([1, 1]);
  });

  it("a version that asks for more, that would show what is hidden, or that is not live any more, is refused", async () => {
    const asks = { type: "object", properties: { country: { type: "string" } }, required: ["country"] };
    const misfit = await failedAndChanged({ straight: true }, { straight: true, more: { inputSchema: asks } });
    expect((await goOnOf(misfit.id))?.refusal).toMatch(/^It asks for more than this run was started with: .*country/i);

    const secret = { hold: { sensitive: ["output.card"] } };
    const hidden = await failedAndChanged({ straight: true, ...secret }, { straight: true });
    expect((await goOnOf(hidden.id))?.refusal).toBe("It would show what “Hold” keeps hidden.");
    await publishNext(hidden.slug, { straight: true, ...secret, pay: { name: "Pay it" } });
    expect(await goOnOf(hidden.id)).toMatchObject({ version: 3, refusal: null });
    expect((await retry(hidden.id, { version: 2 })).json.error.message).toMatch(/^Version 3 is live by now\./);
    expect((await retry(hidden.id, { version: 7 })).status).toBe(409);
    expect((await retry(hidden.id, { version: 3, from_step: "hold" })).status).toBe(422);
    await scene.call("POST", `/api/workflows/${hidden.slug}/retire`);
    expect(await goOnOf(hidden.id)).toBeNull();
    expect((await retry(hidden.id, { version: 3 })).json.error.message).toContain("is not a newer one that is live");
  });

  it("is done once whoever presses how often, and by nobody who may not", async () => {
    const path = "/mended-5";
    const { id } = await failedAndChanged({ straight: true }, { straight: true, pay: { path } });
    const { operator, viewer } = scene.north.members;
    await expect(goOnWithNewest(viewer.actor, id, 2)).rejects.toMatchObject({ code: "missing_scope" });
    await expect(goOnWithNewest(scene.south.members.owner.actor, id, 2)).rejects.toMatchObject({ code: "not_found" });
    const both = await Promise.allSettled([goOnWithNewest(scene.owner, id, 2), goOnWithNewest(operator.actor, id, 2)]);
    expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await scene.reached(id, "completed");
    expect(calls(path)).toBe(1);
  });

  it("the same for all that failed alike: the first goes ahead, and whoever cannot follow is left out", async () => {
    const path = "/mended-7";
    const { id, slug } = await failedAndChanged({ straight: true }, { straight: true });
    // One that is on the version in between, and one that was started with less than the last version asks for.
    const [later, poorer] = [
      await scene.start(slug, { amount: 6, country: "FR" }),
      await scene.start(slug, { amount: 7 }),
    ];
    for (const each of [later, poorer]) await scene.reached(each, "failed");
    const asks = { type: "object", properties: { amount: { type: "number", maximum: 6 } } };
    await publishNext(slug, { straight: true, pay: { path }, more: { inputSchema: asks } });
    expect(await tryAllAgain(scene.owner, id, 3)).toEqual({ count: 3 });
    const round = await eventually(
      async () => (await scene.open(scene.owner, id)).round,
      (found) => found?.state === "done",
    );
    expect(round).toMatchObject({ counts: { passed: 2, left_out: 1 } });
    expect((await scene.reached(id, "completed")).template.version).toBe(3);
    expect((await scene.reached(later, "completed")).template.version).toBe(3);
    expect((await scene.reached(poorer, "failed")).template.version).toBe(2);
    expect(calls(path)).toBe(2);
  });

  it("what was worked out before somebody retried it does not count after that", async () => {
    const path = "/mended-8";
    const { id } = await failedAndChanged({ straight: true }, { straight: true, pay: { path } });
    const run = await findRun(scene.owner.organizationId, readId("run", id) ?? id);
    const goOn = run && (await goOnArgs(scene.owner.organizationId, run, 2));
    expect((await retry(id, {})).status).toBe(200);
    await scene.reached(id, "failed");
    const late = {
      id: run?.id ?? "",
      org: scene.north.id,
      verb: "retry",
      from: ["failed"],
      supersede: [],
      eventId: newId(),
      ...goOn,
    };
    expect(await runStore().control(late)).toMatchObject({ ok: false, reason: "changed" });
    expect((await scene.call("GET", `/api/v1/runs/${id}`)).json.template.version).toBe(1);
    expect(calls(path)).toBe(0);
  });

  it("nothing goes on from what was done on the version before", async () => {
    const { id } = await failedAndChanged({ straight: true }, { straight: true, pay: { path: "/mended-6" } });
    const { json } = await scene.call("GET", `/api/v1/runs/${id}/snapshots`);
    const [old] = json.snapshots;
    await goOnWithNewest(scene.owner, id, 2);
    await scene.reached(id, "completed");
    const refused = await scene.call("POST", `/api/v1/runs/${id}/restore`, { snapshot_id: old.id });
    expect(refused.status).toBe(409);
    expect(refused.json.error.message).toContain("before the run went on with version 2");
    const left = (await scene.call("GET", `/api/v1/runs/${id}/snapshots`)).json.snapshots;
    expect(left.map((each: { node_id: string }) => each.node_id)).toEqual(["pay"]);
    const again = await scene.call("POST", `/api/v1/runs/${id}/restore`, { snapshot_id: left[0].id });
    expect(again.status, JSON.stringify(again.json)).toBe(201);
    expect((await scene.reached(again.json.id, "completed")).template.version).toBe(2);
  });
});
