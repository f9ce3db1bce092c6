import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "@/core/ids";
import { eventually } from "@/inngest/runtime/runtime.testkit";
import { rest } from "@/server/api/rest/client.testkit";
import { createRunsScene, edge, effect, type RunsScene } from "./runs.testkit";

let scene: RunsScene;

beforeAll(async () => {
  scene = await createRunsScene();
  await scene.publish("pay", {
    startNodeId: "ask",
    nodes: [
      { id: "ask", type: "approval", name: "Ask", assignTo: "role:owner" },
      effect("pay", { path: "/pay/${input.amount}" }),
      effect("tell", { path: "/tell/${trigger.amount}" }),
    ],
    edges: [edge("ask", "pay", "approved"), edge("pay", "tell")],
    inputSchema: { type: "object", properties: { amount: { type: "number" } } },
  });
});
afterAll(() => scene.close());

interface Event {
  seq: number;
  type: string;
  at: string;
  data: Record<string, unknown>;
}
const get = async (id: string, more = "") => (await scene.call("GET", `/api/v1/workflows/${id}${more}`)).json;
const control = (id: string, verb: string, body?: object) =>
  scene.call("POST", `/api/v1/workflows/${id}/${verb}`, body);
const types = (events: Event[]) => events.map(({ type }) => type);

/** Started, approved, and failed at `pay`. */
async function failedRun(amount: number): Promise<string> {
  scene.broken.add(`/pay/${amount}`);
  const id = await scene.start("pay", { amount });
  const { approvals } = await scene.reached(id, "waiting_approval");
  await control(id, `approvals/${approvals[0].id}/approve`, { comment: "Fine" });
  await scene.reached(id, "failed");
  scene.broken.delete(`/pay/${amount}`);
  return id;
}

describe("A-2 F-46 the history of a run", () => {
  it("B-4 B-23 is told in the order in which it happened, and a retry only adds to it", async () => {
    const id = await failedRun(1);
    const before: Event[] = (await get(id)).events;
    expect(types(before)).toEqual([
      "run.created",
      "run.started",
      ...["step.started", "step.waiting", "approval.requested", "approval.approved", "step.completed"],
      ...["step.started", "step.failed", "run.failed"],
    ]);
    expect(before.map(({ seq }) => seq)).toEqual(before.map((_, index) => index + 1));
    expect(before.map(({ at }) => at)).toEqual(before.map(({ at }) => at).sort());
    expect(before[5]).toMatchObject({
      actor: { name: "owner" },
      data: { node_id: "ask", name: "Ask", waitpoint_id: expect.any(String), comment: "Fine" },
    });
    expect(before[8]?.data).toMatchObject({ node_id: "pay", attempt: 1, error: { code: "http_5xx" } });
    await control(id, "retry");
    const run = await scene.reached(id, "completed");
    expect(run.events.slice(0, before.length)).toEqual(before);
    expect(types(run.events.slice(before.length))).toEqual([
      "run.retried",
      ...["step.started", "step.completed", "step.started", "step.completed"],
      "run.completed",
    ]);
    for (const step of run.steps) expect(Date.parse(step.ended_at)).toBeLessThanOrEqual(Date.parse(run.ended_at));
  });

  it("B-4 A-4 a step shows every try over all generations", async () => {
    const id = await failedRun(2);
    await control(id, "retry");
    const run = await scene.reached(id, "completed");
    const pay = run.steps.find((step: { node_id: string }) => step.node_id === "pay");
    expect(pay).toMatchObject({ status: "completed", attempt: 2, error: null });
    expect(pay.attempts).toEqual([
      expect.objectContaining({
        n: 1,
        generation: 1,
        status: "failed",
        error: { code: "http_5xx", message: expect.any(String) },
      }),
      expect.objectContaining({
        n: 2,
        generation: 2,
        status: "completed",
        error: null,
        duration_ms: expect.any(Number),
      }),
    ]);
  });

  it("B-36 B-53 B-54 A-4 a step between two tries says when the next one is due; steps ahead have no id, disabled ones are there", async () => {
    await scene.publish("again", {
      startNodeId: "call",
      nodes: [
        effect("call", { path: "/again", retry: { maxAttempts: 3, backoff: 600_000 } }),
        effect("after"),
        effect("off", { disabled: true }),
      ],
      edges: [edge("call", "off"), edge("off", "after")],
    });
    scene.broken.add("/again");
    const id = await scene.start("again");
    const run = await scene.reached(id, "waiting_async");
    const [call, ...ahead] = run.steps;
    expect(call).toMatchObject({
      status: "waiting",
      attempt: 1,
      attempts: [{ n: 1, status: "failed" }],
      waiting: { id: expect.stringMatching(/^[0-9a-f-]{36}$/), kind: "retry", due_at: expect.any(String) },
    });
    const scheduled = run.events.find(({ type }: Event) => type === "step.retry_scheduled");
    expect(scheduled.data).toMatchObject({ node_id: "call", attempt: 1, error: { code: "http_5xx" } });
    expect(scheduled.data.due_at).toBe(call.waiting.due_at);
    expect(Date.parse(call.waiting.due_at)).toBeGreaterThan(Date.parse(scheduled.at));
    expect(ahead.map((step: { id: null; attempt: number }) => [step.id, step.attempt])).toEqual([
      [null, 0],
      [null, 0],
    ]);
    scene.broken.delete("/again");
    await control(id, "cancel");
    await control(id, "retry");
    const done = await scene.reached(id, "completed");
    expect(done.steps.map((step: { node_id: string; status: string }) => [step.node_id, step.status])).toEqual([
      ["call", "completed"],
      ["off", "skipped"],
      ["after", "completed"],
    ]);
    expect(done.steps[0].attempts.map((each: { status: string }) => each.status)).toEqual(["failed", "completed"]);
  });

  it("B-4 what was tried before a retry stays to be seen while the retry has not come to it", async () => {
    const id = await failedRun(3);
    await control(id, "retry", { from_step: "ask" });
    const run = await scene.reached(id, "waiting_approval");
    const pay = run.steps.find((step: { node_id: string }) => step.node_id === "pay");
    expect(pay).toMatchObject({ id: null, status: "pending", attempt: 1, attempts: [{ n: 1, status: "failed" }] });
    await control(id, "cancel");
    const cancelled = await get(id);
    expect(types(cancelled.events).slice(-2)).toEqual(["step.cancelled", "run.cancelled"]);
    expect(cancelled.steps.find((step: { node_id: string }) => step.node_id === "pay").attempts).toHaveLength(1);
  });

  it("A-2 what was written cannot be rewritten", async () => {
    const id = await scene.start("pay", { amount: 9 });
    const { pool } = scene.database;
    await expect(pool.query("update run_events set type = 'run.failed' where run_id = $1", [id])).rejects.toThrow(
      /append-only/,
    );
    expect((await get(id, "/events")).events[0]).toMatchObject({
      seq: 1,
      type: "run.created",
      actor: { name: "owner" },
      data: { trigger: "api", version: 1 },
    });
  });

  it("B-17 is read in pages by number", async () => {
    const id = await failedRun(4);
    const all = (await get(id, "/events?limit=200")).events;
    const paged: Event[] = [];
    for (let after: number | null = 0; after !== null;) {
      const page: { events: Event[]; next_after: number | null } = await get(id, `/events?after=${after}&limit=4`);
      paged.push(...page.events);
      after = page.next_after;
    }
    expect(paged).toEqual(all);
    expect(await get(id, `/events?after=${all.length}`)).toEqual({ events: [], next_after: null });
    expect((await scene.call("GET", `/api/v1/workflows/${id}/events?after=-1`)).status).toBe(422);
    expect((await rest(scene.south.members.owner.apiKey, "GET", `/api/v1/runs/${id}/events`)).status).toBe(404);
  });

  it("B-17 calls leave receipts that can be read, without what a step hides", async () => {
    await scene.publish("secretive", {
      startNodeId: "open",
      nodes: [effect("open"), effect("hidden", { sensitive: ["output"] })],
      edges: [edge("open", "hidden")],
    });
    const id = await scene.start("secretive");
    await scene.reached(id, "completed");
    const { receipts } = await get(id, "/receipts");
    expect(receipts).toMatchObject([
      {
        node_id: "open",
        attempt: 1,
        method: "POST",
        status: 200,
        response: { path: "/open" },
        idempotency_key: `${id}:open`,
      },
      { node_id: "hidden", status: 200, response: "••••" },
    ]);
    expect((await rest(scene.south.members.owner.apiKey, "GET", `/api/v1/runs/${newId()}/receipts`)).status).toBe(404);
  });

  it("B-38 a retry's correction stands in trigger.* as well as in input.*", async () => {
    const id = await failedRun(5);
    expect((await control(id, "retry", { patch: { amount: 55 } })).status).toBe(200);
    const { approvals } = await scene.reached(id, "waiting_approval");
    await control(id, `approvals/${approvals.at(-1).id}/approve`);
    const run = await scene.reached(id, "completed");
    expect(scene.called).toEqual(expect.arrayContaining(["/pay/55", "/tell/55"]));
    expect(run.events.find(({ type }: Event) => type === "run.retried").data).toMatchObject({ patch: { amount: 55 } });
  });

  it("keeps one numbering when many people act on a run at once", async () => {
    const id = await scene.start("pay", { amount: 6 });
    await scene.reached(id, "waiting_approval");
    await Promise.all(Array.from({ length: 12 }, (_, index) => control(id, index % 2 === 0 ? "pause" : "resume")));
    await control(id, "cancel");
    const events = await eventually(
      () => get(id, "/events?limit=200").then((page: { events: Event[] }) => page.events),
      (page) => page.at(-1)?.type === "run.cancelled",
    );
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  });
});
