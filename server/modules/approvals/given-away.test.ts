import type { PoolClient } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventually } from "@/inngest/runtime/runtime.testkit";
import { rest, type RestAnswer } from "@/server/api/rest/client.testkit";
import { actorFromApiKey } from "@/server/auth/api-key";
import { addTestMember, type TestMember } from "@/server/auth/identity.testkit";
import { createRunsScene, type RunsScene } from "@/server/modules/runs/runs.testkit";
import { decideApproval, reassignApproval } from "./service";

let scene: RunsScene;
beforeAll(async () => {
  scene = await createRunsScene();
  await scene.publish("refund", {
    startNodeId: "ask",
    nodes: [{ id: "ask", type: "approval", assignTo: "role:approver" }],
    edges: [],
  });
});
afterAll(() => scene.close());

const sql = async (text: string, values: unknown[] = []) => (await scene.database.pool.query(text, values)).rows;
const decide = (member: TestMember, id: string) => rest(member.apiKey, "POST", `/api/v1/approvals/${id}/approve`, {});
const give = (member: TestMember, id: string, to: string) =>
  rest(member.apiKey, "POST", `/api/v1/approvals/${id}/reassign`, { assign_to: [to] });
const stateOf = async (id: string) =>
  (await sql("select status, outcome, assignees from waitpoints where id = $1", [id]))[0] as {
    status: string;
    outcome: string | null;
    assignees: string[];
  };

async function asked(): Promise<{ id: string; runId: string }> {
  const runId = await scene.start("refund");
  const run = await scene.reached(runId, "waiting_approval");
  return { id: run.approvals[0].id as string, runId };
}

/** Does something while others wait for the run, and lets them go on when it is committed. */
async function whileHeld(
  runId: string,
  waiting: number,
  work: (client: PoolClient) => Promise<unknown>,
  start: () => Promise<RestAnswer>[],
) {
  const client = await scene.database.pool.connect();
  try {
    await client.query("begin");
    await client.query("select from runs where id = $1 for update", [runId]);
    const answers = start();
    await eventually(
      async () => Number((await sql(waitingSql))[0].count),
      (count) => count >= waiting,
    );
    await work(client);
    await client.query("commit");
    return await Promise.all(answers);
  } finally {
    client.release();
  }
}
const waitingSql =
  "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
const nothing = () => Promise.resolve();

describe("H13 an approval that is given to others while it is decided", () => {
  it("is not decided by whoever was asked before, however early they pressed", async () => {
    const { admin, approver } = scene.north.members;
    const { id, runId } = await asked();
    const [answer] = await whileHeld(
      runId,
      1,
      (client) => client.query("update waitpoints set assignees = $2 where id = $1", [id, [`user:${admin.userId}`]]),
      () => [decide(approver, id)],
    );
    expect(answer).toMatchObject({ status: 409, json: { error: { code: "conflict" } } });
    expect(answer?.json.error.message).toBe(
      "This was given to somebody else while you decided: admin. Your decision was not taken.",
    );
    expect(await stateOf(id)).toMatchObject({ status: "open", outcome: null });
    expect((await decide(approver, id)).status).toBe(403);
    expect((await decide(admin, id)).status).toBe(200);
  });

  it("is decided or given away, never both, and whoever comes second is told", async () => {
    const { admin, approver } = scene.north.members;
    for (let round = 0; round < 8; round += 1) {
      const { id, runId } = await asked();
      const calls = [() => decide(approver, id), () => give(admin, id, `user:${admin.userId}`)];
      const [first, second] = await whileHeld(runId, 2, nothing, () =>
        (round % 2 === 0 ? calls : [...calls].reverse()).map((call) => call()),
      );
      expect([first?.status, second?.status].sort()).toEqual([200, 409]);
      const decided = (round % 2 === 0 ? first : second)?.status === 200;
      expect(await stateOf(id)).toMatchObject(
        decided
          ? { status: "resolved", outcome: "approved", assignees: ["role:approver"] }
          : { status: "open", assignees: [`user:${admin.userId}`] },
      );
      expect(
        await sql(
          "select action from audit_entries where subject_id = $1 and action in ('approval.approved', 'approval.reassigned')",
          [id],
        ),
      ).toEqual([{ action: decided ? "approval.approved" : "approval.reassigned" }]);
    }
  });

  it("goes to one of two whom two people give it to at once", async () => {
    const { admin, owner, builder, operator } = scene.north.members;
    const { id, runId } = await asked();
    const answers = await whileHeld(runId, 2, nothing, () => [
      give(admin, id, `user:${builder.userId}`),
      give(owner, id, `user:${operator.userId}`),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const lost = answers.find(({ status }) => status === 409);
    const to = answers[0]?.status === 200 ? builder : operator;
    expect(lost?.json.error.message).toBe(
      `Somebody else gave this to ${to === builder ? "builder" : "operator"} at this moment. Look at it again before you give it to others.`,
    );
    expect((await stateOf(id)).assignees).toEqual([`user:${to.userId}`]);
  });
});

describe("H14 who decides is looked at in the moment of the decision, whatever a process remembers of them", () => {
  it.each([
    ["was deactivated", "update users set deactivated_at = now() where id = $1"],
    ["lost the role", "update memberships set role = 'viewer' where user_id = $1"],
    ["has a key that was revoked", "update api_keys set revoked_at = now() where user_id = $1"],
  ])("somebody who %s decides and gives away nothing", async (what, change) => {
    const late = await addTestMember({
      organizationId: scene.north.id,
      role: "admin",
      email: `${what.replaceAll(" ", "-")}@north.holdpoint.test`,
    });
    const { id } = await asked();
    await sql("update waitpoints set assignees = array_append(assignees, $2) where id = $1", [
      id,
      `user:${late.userId}`,
    ]);
    const actor = what.startsWith("has a key") ? await actorFromApiKey(`Bearer ${late.apiKey}`) : late.actor;
    await sql(change, [late.userId]);
    await expect(decideApproval(actor, id, { decision: "approved", via: "api" })).rejects.toMatchObject({
      code: "forbidden",
      message: "Your access has changed since you signed in. Sign in again, or ask an administrator.",
    });
    await expect(reassignApproval(actor, id, { assignTo: ["role:owner"] })).rejects.toMatchObject({
      code: "forbidden",
    });
    expect(await stateOf(id)).toMatchObject({ status: "open", outcome: null });
  });

  it("somebody who is not asked any more, because a role of theirs went, does not decide", async () => {
    const { approver } = scene.north.members;
    const { id } = await asked();
    const stale = { ...approver.actor };
    await sql("update memberships set role = 'operator' where user_id = $1", [approver.userId]);
    await expect(decideApproval(stale, id, { decision: "approved", via: "ui" })).rejects.toMatchObject({
      code: "not_an_assignee",
    });
    await sql("update memberships set role = 'approver' where user_id = $1", [approver.userId]);
    expect((await decide(approver, id)).status).toBe(200);
  });
});
