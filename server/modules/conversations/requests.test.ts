import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRunsScene, edge, type RunsScene } from "@/server/modules/runs/runs.testkit";
import { createCaller } from "@/server/routes/root";

let scene: RunsScene;
const customer = createCaller({ actor: null, requestId: "test" });

beforeAll(async () => {
  scene = await createRunsScene();
  const end = { id: "end", type: "end" };
  const publish = (slug: string, node: { id: string; [field: string]: unknown }) =>
    scene.publish(
      slug,
      { startNodeId: node.id, nodes: [node, end], edges: [edge(node.id, "end")] },
      { triggers: [{ id: "talk", type: "conversation", filter: `trigger.quickReply == '${slug}'` }] },
    );
  await publish("upgrade", {
    id: "ask",
    type: "approval",
    assignTo: "role:operator",
    context: { headline: "Upgrade them" },
  });
  await publish("address", {
    id: "fill",
    type: "collect_form",
    title: "Your address",
    schema: { type: "object", properties: { zip: { type: "string" } } },
  });
  await publish("refund", { id: "bank", type: "wait", duration: "P3D" });
});
afterAll(() => scene.close());

let number = 0;
async function begin(): Promise<{ token: string; press: (value: string) => Promise<{ already: boolean }> }> {
  number += 1;
  const { json } = await scene.call("POST", "/api/v1/conversations", {
    contact: { name: "Jane Doe", email: `asks${String(number)}@acme.com` },
    quick_replies: ["upgrade", "address", "refund"].map((value) => ({ value, label: value })),
  });
  const token = json.link.split("/c/")[1];
  return { token, press: (value) => customer.conversations.send({ token, body: value, quickReply: value }) };
}
const requestsOf = async (token: string) => (await customer.conversations.byToken({ token })).requests;
async function waiting(token: string): Promise<string> {
  const runId = (await requestsOf(token))[0]?.id ?? "";
  await scene.reached(runId, "waiting_approval");
  return runId;
}

describe("A44 one open request of a kind", () => {
  it("pressed twice, also at once, leads to the one that is open; another kind is another request", async () => {
    const { token, press } = await begin();
    const both = await Promise.all([press("upgrade"), press("upgrade")]);
    expect(both.map(({ already }) => already).sort()).toEqual([false, true]);
    expect(await press("upgrade")).toMatchObject({ already: true });
    expect(await press("address")).toMatchObject({ already: false });
    expect(await requestsOf(token)).toHaveLength(2);
    expect((await customer.conversations.byToken({ token })).messages.map(({ body }) => body)).toEqual([
      "upgrade",
      "address",
    ]);
  });

  it("can be asked for again while the one before only waits for its time", async () => {
    const { token, press } = await begin();
    await press("refund");
    await scene.reached((await requestsOf(token))[0]?.id ?? "", "waiting_async");
    expect(await press("refund")).toMatchObject({ already: false });
  });

  it("can be asked for again when it is over", async () => {
    const { token, press } = await begin();
    await press("upgrade");
    await customer.conversations.withdraw({ token, runId: await waiting(token) });
    expect(await press("upgrade")).toMatchObject({ already: false });
  });
});

describe("51 a request can be taken back", () => {
  it("once, however often it is pressed; what is over otherwise cannot be", async () => {
    const { token, press } = await begin();
    await press("upgrade");
    const runId = await waiting(token);
    await Promise.all([1, 2].map(() => customer.conversations.withdraw({ token, runId })));
    const { rows } = await scene.database.pool.query("select status, cancel_reason from runs where id = $1", [runId]);
    expect(rows).toEqual([{ status: "cancelled", cancel_reason: "withdrawn by the customer" }]);
    expect((await requestsOf(token))[0]).toMatchObject({
      state: "cancelled",
      label: "You withdrew it",
      mayWithdraw: false,
      mayNudge: false,
    });
    await press("upgrade");
    const other = await waiting(token);
    await scene.database.pool.query("update runs set status = 'completed', ended_at = now() where id = $1", [other]);
    for (const act of ["withdraw", "nudge"] as const)
      await expect(customer.conversations[act]({ token, runId: other })).rejects.toMatchObject({ code: "CONFLICT" });
  });

  it("by its own link only", async () => {
    const [mine, others] = [await begin(), await begin()];
    await mine.press("upgrade");
    const runId = await waiting(mine.token);
    for (const act of ["withdraw", "nudge"] as const) {
      await expect(customer.conversations[act]({ token: others.token, runId })).rejects.toThrow("no such request");
      await expect(customer.conversations[act]({ token: "x".repeat(32), runId })).rejects.toMatchObject({
        code: "NOT_FOUND",
      });
    }
    expect((await requestsOf(mine.token))[0]).toMatchObject({ state: "waiting_for_people", nudgedAt: null });
  });
});

describe("51 a customer asks how it stands", () => {
  it("reminds those who are asked, once in four hours, of two presses once", async () => {
    const { token, press } = await begin();
    await press("upgrade");
    const runId = await waiting(token);
    expect((await requestsOf(token))[0]).toMatchObject({ mayNudge: true, nudgedAt: null });
    const both = await Promise.allSettled([1, 2].map(() => customer.conversations.nudge({ token, runId })));
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await scene.worker.executor.idle();
    const reminders = () =>
      scene.database.pool
        .query("select user_id from notices where run_id = $1 and reason = 'reminder'", [runId])
        .then(({ rows }) => rows.length);
    const told = await reminders();
    expect(told).toBeGreaterThan(0);
    expect((await requestsOf(token))[0]).toMatchObject({ mayNudge: false, nudgedAt: expect.any(String) });
    await expect(customer.conversations.nudge({ token, runId })).rejects.toThrow("You asked a short time ago");
    await scene.database.pool.query(
      "update request_nudges set nudged_at = nudged_at - interval '4 hours' where run_id = $1",
      [runId],
    );
    await customer.conversations.nudge({ token, runId });
    await scene.worker.executor.idle();
    expect(await reminders()).toBe(2 * told);
  });

  it("is refused where it is the customer's own turn", async () => {
    const { token, press } = await begin();
    await press("address");
    const runId = (await requestsOf(token))[0]?.id ?? "";
    await scene.reached(runId, "waiting_form");
    expect((await requestsOf(token))[0]).toMatchObject({ mayNudge: false, mayWithdraw: true });
    await expect(customer.conversations.nudge({ token, runId })).rejects.toThrow("Nobody of our team is asked");
  });
});
