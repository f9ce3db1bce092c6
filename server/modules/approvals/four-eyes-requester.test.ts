import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { rest } from "@/server/api/rest/client.testkit";
import type { TestMember } from "@/server/auth/identity.testkit";
import { publishEvent, redriveEvent, sendEvent } from "@/server/modules/events/service";
import { countInbox, getInboxItem, listInbox } from "@/server/modules/inbox/service";
import { sendTestCall, sendTestEvent, startRequest, submitIntake } from "@/server/modules/triggers/service";
import { startWorkflow } from "@/server/modules/runs/service";
import { setEnabled } from "@/server/modules/workflows/service";
import { decide, first, input, scene, second, third, tokens } from "./four-eyes.testkit";

async function newest(): Promise<{ runId: string; id: string; initiatedBy: string | null }> {
  const { rows } = await scene.database.pool.query<{ id: string; initiated_by: string | null }>(
    "select id, initiated_by from runs order by id desc limit 1",
  );
  const run = await scene.reached(rows[0]?.id ?? "", "waiting_approval");
  return { runId: run.id, id: run.approvals[0].id, initiatedBy: rows[0]?.initiated_by ?? null };
}

const inboxOf = async ({ actor }: TestMember): Promise<string[]> =>
  (await listInbox(actor, { view: "pending", limit: 200, offset: 0 })).items.map((item) => item.id);

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
])(
  "H10 A36 who begins a run %s may not approve it nor finds it in their inbox, and another person may and does",
  async (_, begin) => {
    const before = await Promise.all([first, second].map(({ actor }) => countInbox(actor)));
    await begin(first);
    const { id, initiatedBy } = await newest();
    expect(initiatedBy).toBe(first.actor.userId);
    expect(await Promise.all([first, second].map(({ actor }) => countInbox(actor)))).toEqual([
      before[0],
      (before[1] ?? 0) + 1,
    ]);
    expect((await inboxOf(first)).includes(id)).toBe(false);
    expect((await inboxOf(second)).includes(id)).toBe(true);
    // By its address they read it, and why it is not theirs.
    expect(await getInboxItem(first.actor, id)).toMatchObject({ canDecide: false });
    expect(await decide(first, id)).toMatchObject({
      status: 403,
      json: { error: { code: "requester_cannot_approve" } },
    });
    expect(await decide(second, id)).toMatchObject({ status: 200, json: { status: "approved", decisions_needed: 1 } });
  },
);

it("A11 H10 an address that was typed makes nobody the requester, and two people approve what nobody can be named for", async () => {
  const values = { ...input, email: second.actor.email };
  await submitIntake(form(), { values, submissionId: randomUUID() }, null);
  const { id, runId, initiatedBy } = await newest();
  expect(initiatedBy).toBeNull();
  expect(await decide(second, id, "approve", { edits: { amount: 6 } })).toMatchObject({ status: 422 });
  const kept = await decide(second, id, "approve", { comment: "fine" });
  expect(kept).toMatchObject({
    status: 200,
    json: { status: "pending", decisions_needed: 2, votes: [{ by: "second", decision: "approved", comment: "fine" }] },
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
  expect(rows.map(({ action }: { action: string }) => action)).toEqual(["approval.voted", "approval.approved"]);
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
