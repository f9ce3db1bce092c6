import type { RuleDocument } from "@/core/approver-rules/document";
import type { UserActor } from "@/server/db/tenant";
import { createRule, getRule, listRules, publishRule } from "@/server/modules/approver-rules/service";

const key = "spend";

/** Who approves what is spent, by amount and site. */
const spend: RuleDocument = {
  questions: [
    { name: "amount", title: "Amount", type: "money", currency: "EUR" },
    { name: "site", title: "Site", type: "choice", choices: ["Lyon", "Paris", "Jakarta"] },
  ],
  rows: [
    { when: { amount: { is: "up_to", to: 1_000 } }, assignTo: ["role:operator"] },
    {
      when: { amount: { is: "over", over: 10_000 }, site: { is: "one_of", values: ["Lyon"] } },
      assignTo: ["role:manager", "role:kyc_analyst"],
      quorum: { mode: "count", n: 2 },
      requesterCannotApprove: true,
      commentRequiredOn: ["rejected"],
      timeoutHours: 48,
      escalateTo: ["role:owner"],
      note: "Lyon is audited this year.",
    },
    { when: { amount: { is: "over", over: 10_000 } }, assignTo: ["role:manager"], requesterCannotApprove: true },
    { when: {}, assignTo: ["role:manager"] },
  ],
  otherwise: { assignTo: ["role:owner"], note: "The amount or the site could not be told." },
};

/** A table that is live, for the page to show; made once. */
export async function seedApproverRules(owner: UserActor): Promise<void> {
  const known = await listRules(owner);
  if (!known.some((rule) => rule.key === key)) await createRule(owner, { key, name: "Spend", document: spend });
  const { draft, live_version: liveVersion } = await getRule(owner, key);
  if (liveVersion === null) await publishRule(owner, { key, revision: draft.revision, liveVersion, note: "" });
}
