import type { RuleDocument } from "@/core/approver-rules/document";
import { newId } from "@/core/ids";
import { prisma } from "@/server/db/client";
import type { UserActor } from "@/server/db/tenant";

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
      escalateTo: ["role:manager", "role:owner"],
      note: "Lyon is audited this year.",
    },
    { when: { amount: { is: "over", over: 10_000 } }, assignTo: ["role:manager"], requesterCannotApprove: true },
    { when: {}, assignTo: ["role:manager"] },
  ],
  otherwise: { assignTo: ["role:owner"], note: "The amount or the site could not be told." },
};

/** A table that is live, for the page to show; no workflow of the demo asks by it yet. Made once. */
export async function seedApproverRules({ organizationId, userId }: UserActor, publishedAt: Date): Promise<void> {
  await prisma().approverRule.upsert({
    where: { organizationId_key: { organizationId, key } },
    create: {
      id: newId(),
      organizationId,
      key,
      name: "Spend",
      draft: spend,
      liveVersion: 1,
      createdById: userId,
      createdAt: publishedAt,
      updatedById: userId,
      updatedAt: publishedAt,
      versions: { create: { organizationId, number: 1, document: spend, publishedById: userId, publishedAt } },
    },
    update: {},
    select: { id: true },
  });
}
