import { expect, it } from "vitest";
import { spend } from "@/core/approver-rules/rules.testkit";
import { rest } from "@/server/api/rest/client.testkit";
import { ask, checker, query } from "@/server/modules/approvals/undecidable.testkit";
import { decideApproval } from "@/server/modules/approvals/service";
import { mailed, proven, shown } from "@/server/modules/decision-links/decision-links.testkit";
import { decideByLink } from "@/server/modules/decision-links/service";
import { approvalDefinition } from "@/steps/approval/definition";
import { executeApproval } from "@/steps/approval/execute";
import { stepContext } from "@/steps/step-context.testkit";

/** The question as the step asks it by the row that wants four eyes; the step itself wants none. */
async function question(): Promise<object> {
  const rules = { table: "spend", values: { amount: "12000 EUR", site: "Lyon" } };
  const [, dear] = spend.rows;
  if (!dear) throw new Error("two rows");
  const document = { ...spend, rows: [{ ...dear, quorum: { mode: "any" as const } }] };
  const world = { known: ["role:checker"], rules: [{ key: "spend", name: "Spend", version: 1, document }] };
  const asked = await executeApproval.execute(stepContext(approvalDefinition, { rules }, world).context);
  if (asked.kind !== "waiting") throw new Error("waits");
  return asked.waitpoint.request;
}

const refused = { code: "requester_cannot_approve" };

it("row 26 the four eyes of a row hold in the inbox, over the API, and by a link", async () => {
  const [ana, bo] = [await checker("ana"), await checker("bo")];
  const { id } = await ask({ request: await question(), startedBy: ana.userId });
  await expect(decideApproval(ana.actor, id, { decision: "approved", via: "ui" })).rejects.toMatchObject(refused);
  expect(await rest(ana.apiKey, "POST", `/api/v1/approvals/${id}/approve`, {})).toMatchObject({
    status: 403,
    json: { error: refused },
  });
  expect(await rest(bo.apiKey, "POST", `/api/v1/approvals/${id}/approve`, {})).toMatchObject({
    status: 200,
    json: { status: "approved", rule: { row: 1 } },
  });
  const link = await mailed(await question());
  await query("update runs set initiated_by = $2 where id = (select run_id from waitpoints where id = $1)", [
    link.id,
    link.kim.userId,
  ]);
  const visitor = await proven(link.visitor, link.kim);
  const page = await shown(visitor);
  expect(page.card).toMatchObject({ canDecide: false, rule: { row: 1 } });
  await expect(decideByLink(visitor, { decision: "approved", nonce: page.nonce })).rejects.toMatchObject(refused);
});
