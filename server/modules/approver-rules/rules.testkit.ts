import { spend } from "@/core/approver-rules/rules.testkit";
import type { RuleDocument } from "@/core/approver-rules/document";
import type { UserActor } from "@/server/db/tenant";
import { createRule, getRule, publishRule, saveRule } from "./service";

export const key = "spend";

/** People who are there in every test organization: a lead is its approver, finance its admin. */
export const ours: RuleDocument = {
  ...spend,
  rows: [
    { when: { amount: { is: "up_to", to: 1_000 } }, assignTo: ["role:approver"] },
    {
      when: { amount: { is: "over", over: 10_000 }, site: { is: "one_of", values: ["Lyon"] } },
      assignTo: ["role:admin", "role:owner"],
      quorum: { mode: "all" },
      requesterCannotApprove: true,
    },
    { when: {}, assignTo: ["role:operator"] },
  ],
  otherwise: { assignTo: ["role:owner"] },
};

/** Publishes this as the next version, whatever is there. */
export async function live(actor: UserActor, document: RuleDocument = ours): Promise<number> {
  const there = await getRule(actor, key).catch(() => null);
  if (there === null) await createRule(actor, { key, name: "Spend", document });
  else await saveRule(actor, { key, revision: there.draft.revision, name: "Spend", document });
  const { draft, live_version: liveVersion } = await getRule(actor, key);
  const { version } = await publishRule(actor, { key, revision: draft.revision, liveVersion, note: "" });
  return version;
}

/** Of a workflow that asks by it. */
export const asking = {
  startNodeId: "ask",
  nodes: [
    {
      id: "ask",
      type: "approval",
      actionLabel: "Spend",
      rules: { table: key, values: { amount: "${input.amount}", site: "${input.site}" } },
      context: { headline: "Spend ${input.amount}", fields: [{ label: "Amount", value: "${input.amount}" }] },
    },
  ],
  edges: [],
};
