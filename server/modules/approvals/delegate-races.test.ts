import { expect, it } from "vitest";
import { rest } from "@/server/api/rest/client.testkit";
import { decideApproval, delegateApproval, getApproval, reassignApproval, takeBackDelegation } from "./service";
import { ask, checker, north, query } from "./undecidable.testkit";

it("row 14 delegated, decided by both, taken back, reassigned and cancelled at one instant: one outcome", async () => {
  const ana = await checker("ana");
  const bo = north.members.approver;
  const { owner, operator } = north.members;
  for (let round = 0; round < 40; round += 1) {
    const { id, runId } = await ask({});
    const isGiven = round % 2 === 0;
    if (isGiven) await delegateApproval(ana.actor, id, { to: bo.email });
    const decide = (who: typeof bo) =>
      decideApproval(who.actor, id, { decision: who === ana ? "approved" : "rejected", via: "api" });
    const results = await Promise.allSettled([
      decide(ana),
      decide(bo),
      isGiven ? takeBackDelegation(ana.actor, id) : delegateApproval(ana.actor, id, { to: bo.email }),
      reassignApproval(owner.actor, id, { assignTo: [operator.email] }),
      rest(owner.apiKey, "POST", `/api/v1/runs/${runId}/cancel`, {}),
    ]);
    const decided = results.slice(0, 2).filter(({ status }) => status === "fulfilled");
    expect(decided.length).toBeLessThanOrEqual(1);
    const events = await query<{ type: string }>(
      "select type from run_events where run_id = $1 and type in ('approval.approved', 'approval.rejected')",
      [runId],
    );
    expect(events).toHaveLength(decided.length);
    const [row] = await query<{ status: string; delegations: unknown[]; assignees: string[]; by: string | null }>(
      'select status, delegations, assignees, resolved_by_name as "by" from waitpoints where id = $1',
      [id],
    );
    expect(row?.status).not.toBe("open");
    // Who is asked now never stands beside who was asked when it was given.
    if (row?.assignees.includes(`user:${operator.userId}`) && row.by !== null) expect(row.delegations).toEqual([]);
    const item = await getApproval(owner.actor, id);
    expect(item.canDecide).toBe(false);
  }
});

it("row 14 two colleagues are chosen at one instant: one of them has it", async () => {
  const ana = await checker("ana");
  const [one, two] = [north.members.approver, north.members.operator];
  for (let round = 0; round < 10; round += 1) {
    const { id } = await ask({});
    const results = await Promise.allSettled([one, two].map((to) => delegateApproval(ana.actor, id, { to: to.email })));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect((await getApproval(ana.actor, id)).delegations).toHaveLength(1);
  }
});
