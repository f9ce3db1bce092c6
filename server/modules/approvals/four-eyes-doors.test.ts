import { beforeAll, describe, expect, it } from "vitest";
import { rest } from "@/server/api/rest/client.testkit";
import { systemActor } from "@/server/auth/actor";
import { listInbound, redriveEvent } from "@/server/modules/events/service";
import { edge } from "@/server/modules/runs/runs.testkit";
import { redriveCall, sendTestCall, webhookCalls } from "@/server/modules/triggers/service";
import { startWorkflow } from "@/server/modules/runs/service";
import { setEnabled } from "@/server/modules/workflows/service";
import { decide, first, input, scene, second, third } from "./four-eyes.testkit";

describe("H10 every door that begins a run once more, or gives it what is decided on", () => {
  const refused = async (act: () => Promise<unknown>): Promise<void> => {
    await setEnabled(first.actor, "refund", false);
    await act();
    await setEnabled(first.actor, "refund", true);
  };
  const testCall = () => sendTestCall(first.actor, "refund", "hook", input);
  const waiting = async (kind: string, runId: string): Promise<string> => {
    const { rows } = await scene.database.pool.query<{ id: string }>(
      "select id from waitpoints where run_id = $1 and kind = $2 and status = 'open'",
      [runId, kind],
    );
    return rows[0]?.id ?? "";
  };
  const startAsked = async (workflow: string, status: string): Promise<string> => {
    const { operator } = scene.north.members;
    const { id } = await startWorkflow(operator.actor, { workflow, input, triggerType: "manual" });
    await scene.reached(id, status);
    return id;
  };

  beforeAll(async () => {
    const ask = { id: "ask", type: "approval", assignTo: "role:manager", policy: { requesterCannotApprove: true } };
    const before = (node: object) => ({
      startNodeId: "given",
      nodes: [{ id: "given", ...node }, ask],
      edges: [edge("given", "ask", "schema" in node ? "submitted" : "returned")],
    });
    const schema = { type: "object", properties: { amount: { type: "number" } } };
    await scene.publish("filled", before({ type: "collect_form", title: "How much?", schema }));
    await scene.publish("handed", before({ type: "human_handoff", title: "How much?" }));
    await scene.publish("twice", {
      startNodeId: "first",
      nodes: [{ id: "first", type: "approval", assignTo: "role:manager", policy: { editable: ["input.amount"] } }, ask],
      edges: [edge("first", "ask", "approved")],
    });
  });

  it.each<[string, () => Promise<unknown>, { barred: string[]; needed: number }]>([
    [
      "a test call, sent once more in the Triggers tab",
      async () => {
        await refused(testCall);
        const [call] = await webhookCalls(second.actor, "refund", "hook", 1);
        await redriveCall(second.actor, "refund", call?.id ?? "");
      },
      { barred: ["first", "second"], needed: 1 },
    ],
    [
      "a test call, sent once more as a held call",
      async () => {
        await refused(testCall);
        const { items } = await listInbound(second.actor, { name: "webhook", status: undefined, limit: 1, offset: 0 });
        await redriveEvent(second.actor, items[0]?.id ?? "");
      },
      { barred: ["first", "second"], needed: 1 },
    ],
    [
      "a schedule that somebody set up",
      () => startWorkflow(systemActor(scene.north.id), { workflow: "refund", input, triggerType: "schedule" }),
      { barred: [], needed: 2 },
    ],
    [
      "a form that a colleague filled in",
      async () => {
        const runId = await startAsked("filled", "waiting_form");
        const path = `/api/v1/forms/${await waiting("form", runId)}/submit`;
        expect(await rest(second.apiKey, "POST", path, { values: { amount: 7 } })).toMatchObject({ status: 200 });
      },
      { barred: ["second"], needed: 1 },
    ],
    [
      "a handoff that was answered with a result",
      async () => {
        const runId = await startAsked("handed", "waiting_human");
        const path = `/api/v1/handoffs/${await waiting("handoff", runId)}/resolve`;
        expect(await rest(second.apiKey, "POST", path, { output: { amount: 7 } })).toMatchObject({ status: 200 });
      },
      { barred: ["second"], needed: 1 },
    ],
    [
      "a handoff that was given back with a note",
      async () => {
        const runId = await startAsked("handed", "waiting_human");
        const path = `/api/v1/handoffs/${await waiting("handoff", runId)}/resolve`;
        expect(await rest(second.apiKey, "POST", path, { note: "seen" })).toMatchObject({ status: 200 });
      },
      { barred: ["second"], needed: 1 },
    ],
    [
      "an approval before it, in which an approver changed a value",
      async () => {
        const runId = await startAsked("twice", "waiting_approval");
        const edited = await decide(second, await waiting("approval", runId), "approve", { edits: { amount: 9 } });
        expect(edited).toMatchObject({ status: 200 });
        await expect.poll(() => waiting("approval", runId)).not.toBe("");
      },
      { barred: ["second"], needed: 1 },
    ],
    [
      "a retry without a correction",
      async () => {
        const runId = await startAsked("refund", "waiting_approval");
        await rest(second.apiKey, "POST", `/api/v1/runs/${runId}/cancel`, {});
        await scene.reached(runId, "cancelled");
        expect(await rest(second.apiKey, "POST", `/api/v1/runs/${runId}/retry`, {})).toMatchObject({ status: 200 });
      },
      { barred: [], needed: 1 },
    ],
    [
      "a retry from a step, with a correction",
      async () => {
        const runId = await startAsked("refund", "waiting_approval");
        await rest(second.apiKey, "POST", `/api/v1/runs/${runId}/cancel`, {});
        await scene.reached(runId, "cancelled");
        const retry = { from_step: "ask", patch: { amount: 9 } };
        expect(await rest(second.apiKey, "POST", `/api/v1/runs/${runId}/retry`, retry)).toMatchObject({ status: 200 });
      },
      { barred: ["second"], needed: 1 },
    ],
  ])("%s", async (_, act, { barred, needed }) => {
    await act();
    const { rows } = await scene.database.pool.query<{ id: string }>("select id from runs order by id desc limit 1");
    const run = await scene.reached(rows[0]?.id ?? "", "waiting_approval");
    const { id } = run.approvals.at(-1);
    const people = { first, second, third };
    for (const [name, member] of Object.entries(people))
      if (barred.includes(name))
        expect(await decide(member, id), name).toMatchObject({
          status: 403,
          json: { error: { code: "requester_cannot_approve" } },
        });
    const free = Object.entries(people).flatMap(([name, member]) => (barred.includes(name) ? [] : [member]));
    for (const member of free.slice(0, needed))
      expect(await decide(member, id)).toMatchObject({ status: 200, json: { decisions_needed: needed } });
    expect((await scene.call("GET", `/api/v1/approvals/${id}`)).json.status).toBe("approved");
  });
});
