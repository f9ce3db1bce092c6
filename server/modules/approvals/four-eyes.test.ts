import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rest } from "@/server/api/rest/client.testkit";
import { systemActor } from "@/server/auth/actor";
import { addTestMember, type TestMember } from "@/server/auth/identity.testkit";
import { listInbound, publishEvent, redriveEvent, sendEvent } from "@/server/modules/events/service";
import { createRunsScene, effect, edge, type RunsScene } from "@/server/modules/runs/runs.testkit";
import {
  redriveCall,
  sendTestCall,
  sendTestEvent,
  startRequest,
  submitIntake,
  triggersState,
  webhookCalls,
} from "@/server/modules/triggers/service";
import { setEnabled, startWorkflow } from "@/server/modules/workflows/service";

let scene: RunsScene;
let first: TestMember;
let second: TestMember;
let third: TestMember;
let tokens: ReadonlyMap<string, string>;
const input = { email: "typed@acme.com", amount: 5 };

beforeAll(async () => {
  scene = await createRunsScene();
  await scene.database.pool.query(
    "insert into business_roles (organization_id, slug, name) values ($1, 'manager', 'Manager')",
    [scene.north.id],
  );
  const manager = (name: string) =>
    addTestMember({
      organizationId: scene.north.id,
      role: "owner",
      email: `${name}@north.holdpoint.test`,
      businessRoles: ["manager"],
    });
  [first, second, third] = [await manager("first"), await manager("second"), await manager("third")];
  await scene.publish(
    "refund",
    {
      inputSchema: {
        type: "object",
        properties: { email: { type: "string", format: "email" }, amount: { type: "number" } },
      },
      startNodeId: "ask",
      nodes: [
        {
          id: "ask",
          type: "approval",
          assignTo: "role:manager",
          policy: { requesterCannotApprove: true, editable: ["input.amount"] },
        },
        effect("pay", { path: "/pay/${input.amount}" }),
      ],
      edges: [edge("ask", "pay", "approved")],
    },
    {
      triggers: [
        { id: "manual", type: "manual" },
        { id: "hook", type: "webhook" },
        { id: "form", type: "form" },
        { id: "wish", type: "event", event: "refund.wished" },
      ],
    },
  );
  const { triggers } = await triggersState(first.actor, "refund");
  tokens = new Map(
    triggers.flatMap(({ triggerId: id, url }) => (url ? [[id, url.split("/").at(-1) ?? ""] as const] : [])),
  );
});
afterAll(() => scene.close());

const decide = (member: TestMember, id: string, verb = "approve", body: object = {}) =>
  rest(member.apiKey, "POST", `/api/v1/approvals/${id}/${verb}`, body);

async function newest(): Promise<{ runId: string; id: string; initiatedBy: string | null }> {
  const { rows } = await scene.database.pool.query<{ id: string; initiated_by: string | null }>(
    "select id, initiated_by from runs order by id desc limit 1",
  );
  const run = await scene.reached(rows[0]?.id ?? "", "waiting_approval");
  return { runId: run.id, id: run.approvals[0].id, initiatedBy: rows[0]?.initiated_by ?? null };
}
const form = () => tokens.get("form") ?? "";

it.each<[string, (who: TestMember) => Promise<unknown>]>([
  ["by hand", (who) => startWorkflow(who.actor, { workflow: "refund", input, triggerType: "manual" })],
  ["through the API", (who) => rest(who.apiKey, "POST", "/api/v1/runs", { template_id: "refund", input })],
  ["as a request", (who) => startRequest(who.actor, "refund", { values: input, submissionId: randomUUID() })],
  ["with an event", (who) => sendEvent(who.actor, { name: "refund.wished", data: input })],
  ["with a test event", (who) => sendTestEvent(who.actor, { name: "refund.wished", data: input })],
  ["with a test call", (who) => sendTestCall(who.actor, "refund", "hook", input)],
  [
    "with the public form, signed in",
    (who) => submitIntake(form(), { values: input, submissionId: randomUUID() }, who.actor),
  ],
])("H10 who begins a run %s may not approve it, and another person may", async (_, begin) => {
  await begin(first);
  const { id, initiatedBy } = await newest();
  expect(initiatedBy).toBe(first.actor.userId);
  expect(await decide(first, id)).toMatchObject({
    status: 403,
    json: { error: { code: "requester_cannot_approve" } },
  });
  expect(await decide(second, id)).toMatchObject({ status: 200, json: { status: "approved", decisions_needed: 1 } });
});

it("H10 an address that was typed makes nobody the requester, and two people approve what nobody can be named for", async () => {
  const values = { ...input, email: second.actor.email };
  await submitIntake(form(), { values, submissionId: randomUUID() }, null);
  const { id, runId, initiatedBy } = await newest();
  expect(initiatedBy).toBeNull();
  expect(await decide(second, id, "approve", { edits: { amount: 6 } })).toMatchObject({ status: 422 });
  const kept = await decide(second, id, "approve", { comment: "fine" });
  expect(kept).toMatchObject({
    status: 200,
    json: { status: "pending", decisions_needed: 2, first_decision: { by: "second", comment: "fine" } },
  });
  expect(await decide(second, id)).toMatchObject({ status: 403 });
  expect(await decide(second, id, "approve", { on_behalf_of: first.actor.email })).toMatchObject({ status: 403 });
  expect((await scene.call("GET", `/api/v1/runs/${runId}`)).json.status).toBe("waiting_approval");
  expect(await decide(first, id)).toMatchObject({ status: 200, json: { status: "approved", decided_by: "first" } });
  await scene.reached(runId, "completed");
  const { rows } = await scene.database.pool.query(
    "select action from audit_entries where subject_id = $1 order by id",
    [
      (
        await scene.database.pool.query<{ id: string }>(
          "select id from waitpoints where run_id = (select id from runs order by id desc limit 1)",
        )
      ).rows[0]?.id,
    ],
  );
  expect(rows.map(({ action }: { action: string }) => action)).toEqual([
    "approval.first_approved",
    "approval.approved",
  ]);
});

it("H10 one of two people is enough to reject", async () => {
  await submitIntake(form(), { values: input, submissionId: randomUUID() }, null);
  const { id } = await newest();
  expect(await decide(second, id, "reject")).toMatchObject({ status: 200, json: { status: "rejected" } });
});

it("H10 an event is its sender's and the colleague's who offers it once more", async () => {
  await setEnabled(first.actor, "refund", false);
  const { id } = await sendEvent(first.actor, { name: "refund.wished", data: input });
  const outside = await publishEvent(scene.north.id, "refund.wished", input);
  await setEnabled(first.actor, "refund", true);
  await redriveEvent(second.actor, id);
  const shared = await newest();
  expect(shared.initiatedBy).toBe(second.actor.userId);
  for (const one of [first, second]) expect(await decide(one, shared.id)).toMatchObject({ status: 403 });
  expect(await decide(third, shared.id)).toMatchObject({ status: 200 });
  await redriveEvent(second.actor, outside.id);
  const own = await newest();
  // Nobody can tell who sent it first: it may have been the one who offers it now, and two others must agree.
  expect(own.initiatedBy).toBeNull();
  expect(await decide(second, own.id)).toMatchObject({ status: 403 });
  expect(await decide(first, own.id)).toMatchObject({ status: 200, json: { status: "pending", decisions_needed: 2 } });
  expect(await decide(third, own.id)).toMatchObject({ status: 200, json: { status: "approved" } });
});

it("H10 who corrects or restores what another began asks for it too", async () => {
  scene.broken.add("/pay/5");
  await startWorkflow(scene.north.members.operator.actor, { workflow: "refund", input, triggerType: "manual" });
  const { id, runId } = await newest();
  expect(await decide(first, id)).toMatchObject({ status: 200 });
  await scene.reached(runId, "failed");
  await rest(first.apiKey, "POST", `/api/v1/runs/${runId}/retry`, { patch: { amount: 7 } });
  const again = (await scene.reached(runId, "waiting_approval")).approvals.at(-1);
  expect(await decide(first, again.id)).toMatchObject({
    status: 403,
    json: { error: { code: "requester_cannot_approve" } },
  });
  expect(await decide(second, again.id)).toMatchObject({ status: 200 });
  await scene.reached(runId, "completed");
  const { rows } = await scene.database.pool.query<{ id: string }>("select id from runs order by id desc limit 1");
  expect(rows).toHaveLength(1);
});

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
