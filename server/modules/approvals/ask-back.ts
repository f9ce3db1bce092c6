import type { ApprovalItem } from "@/core/contracts/approval";
import { AppError, type ErrorCode } from "@/core/errors";
import { newId } from "@/core/ids";
import { accessChanged, standingFacts } from "@/server/auth/standing";
import { requireScope, type UserActor } from "@/server/db/tenant";
import { auditActor, auditProof } from "@/server/db/transaction";
import { toItems } from "./approval-items";
import { alreadyDecided, existingApproval, notFound } from "./existing-approval";
import { actOnApproval } from "./store";
import { timesAfterAnswer } from "./time-after-answer";

/**
 * Asks the requester something before deciding: the customer, in the conversation of the run, or the member who began it. The approval stays
 * open, and its time stands still until the answer.
 */
export async function askBack(actor: UserActor, idText: string, text: string): Promise<ApprovalItem> {
  requireScope(actor, "approvals:decide");
  const row = await existingApproval(actor, idText);
  const reason = await actOnApproval("ask_back", {
    ...actOf(actor, row.id, text),
    questionId: newId(),
    messageId: newId(),
    stands: standingFacts(actor, "approvals:decide"),
  });
  if (reason !== null) throw await refused(actor, idText, reason);
  return changed(actor, idText);
}

/** The member who was asked answers. The time goes on. */
export async function answerQuestion(actor: UserActor, idText: string, text: string): Promise<ApprovalItem> {
  requireScope(actor, "runs:start");
  const row = await existingApproval(actor, idText);
  if (row.status !== "open") throw alreadyDecided(row);
  const reason = await actOnApproval("answer_question", {
    ...actOf(actor, row.id, text),
    ...(await timesAfterAnswer(actor.organizationId, { id: row.id })),
    via: actor.via,
    stands: standingFacts(actor, "runs:start"),
  });
  if (reason !== null) throw await refused(actor, idText, answering[reason] ?? reason);
  return changed(actor, idText);
}

function actOf(actor: UserActor, id: string, text: string) {
  return {
    org: actor.organizationId,
    id,
    by: actor.userId,
    byName: actor.name,
    text,
    actor: auditActor(actor),
    proof: auditProof(actor),
  };
}

async function changed(actor: UserActor, idText: string): Promise<ApprovalItem> {
  const [item] = await toItems(actor, [await existingApproval(actor, idText)]);
  if (!item) throw notFound();
  return item;
}

const answering: Readonly<Record<string, string>> = { not_asked: "not_yours" };

async function refused(actor: UserActor, idText: string, reason: string): Promise<AppError> {
  if (reason === "closed") return alreadyDecided(await existingApproval(actor, idText));
  if (reason === "changed") return accessChanged();
  const known = refusals[reason];
  return known ? new AppError(...known) : notFound();
}

const refusals: Readonly<Record<string, [ErrorCode, string]>> = {
  test: ["conflict", "A test asks its tester alone. There is nobody to ask back."],
  asked: ["conflict", "A question is open already. Wait for its answer, then ask the next one."],
  not_asked: ["forbidden", "This decision is not yours, so you cannot ask about it here."],
  customer_busy: ["conflict", "The customer has another question of yours to answer. Ask when they have answered it."],
  nobody: ["conflict", "There is nobody to ask: neither a customer nor an active member began this run."],
  self: ["conflict", "You began this run yourself, so there is nobody else to ask."],
  none: ["conflict", "No question is open here any more: it was answered already."],
  not_yours: ["forbidden", "This question is asked of somebody else."],
};
