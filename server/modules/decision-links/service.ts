import type { ApprovalContext } from "@/core/contracts/approval";
import type { DecisionPage } from "@/core/contracts/decision-link";
import { AppError } from "@/core/errors";
import { decideApproval, getApproval, undoDecision } from "@/server/modules/approvals/service";
import { proveByCode, sendCodeTo } from "./code";
import { isSameText, keyedHash } from "./keyed-hash";
import { visit, type Visit, type Visitor } from "./visitor";

/** What the page of a link shows. Looking changes nothing, however often and by whatever program. */
export async function lookAtLink(visitor: Visitor): Promise<DecisionPage> {
  const found = await visit(visitor);
  if (found.link.isExpired) return { state: "expired" };
  if (found.proven === null)
    return {
      state: "locked",
      askedAt: found.link.askedAt.toISOString(),
      signedInAsOther: visitor.signedIn !== null,
      over: found.link.over,
    };
  const card = await getApproval(found.proven.actor, found.link.waitpointId);
  return { state: "shown", proof: found.proven.proof, name: found.member.name, card, nonce: nonceOf(found, card) };
}

/** Sends a code to the person of the link. */
export async function sendLinkCode(visitor: Visitor): Promise<void> {
  await sendCodeTo(await liveVisit(visitor));
}

/** Gives the `Set-Cookie` header of a browser in which the code was entered. */
export async function proveLink(visitor: Visitor, code: string): Promise<string> {
  return proveByCode(await liveVisit(visitor), code);
}

interface LinkDecision {
  decision: "approved" | "rejected";
  comment?: string;
  messageToRequester?: string;
  nonce: string;
}

/** Decides as the person of the link, about what they were shown, by the same rules as in the inbox. */
export async function decideByLink(visitor: Visitor, { nonce, ...decision }: LinkDecision) {
  const found = await provenVisit(visitor);
  const { actor, proof } = found.proven;
  const card = await getApproval(actor, found.link.waitpointId);
  // Somebody else was faster: that is said, and by whom.
  if ((card.status === "pending" || card.status === "info_requested") && !isSameText(nonce, nonceOf(found, card)))
    throw new AppError("conflict", "What you were shown has changed since. Read it again, then decide.");
  const item = await decideApproval(actor, found.link.waitpointId, { ...decision, via: "link", provenBy: proof });
  return { status: item.status, next: item.next, undoUntil: item.undoUntil };
}

/** Takes back what was decided by this link, while that is possible. */
export async function undoByLink(visitor: Visitor): Promise<void> {
  const { link, proven } = await provenVisit(visitor);
  await undoDecision(proven.actor, link.waitpointId);
}

async function liveVisit(visitor: Visitor): Promise<Visit> {
  const found = await visit(visitor);
  if (found.link.isExpired) throw new AppError("forbidden", "This link has expired. Open the request in the inbox.");
  return found;
}

async function provenVisit(visitor: Visitor): Promise<Visit & { proven: NonNullable<Visit["proven"]> }> {
  const { proven, ...found } = await liveVisit(visitor);
  if (proven === null)
    throw new AppError("unauthenticated", "Too much time has passed since you entered the code. Ask for a new one.");
  return { ...found, proven };
}

/** Of what somebody was shown who is to decide: another person, link or content has another one. */
function nonceOf({ link }: Visit, card: ApprovalContext): string {
  const { id, headline, fields, bound, changed, assignRefs, dueAt, whatHappensNext, commentRequiredOn } = card;
  return keyedHash(
    "decision nonce",
    link.tokenHash,
    JSON.stringify({ id, headline, fields, bound, changed, assignRefs, dueAt, whatHappensNext, commentRequiredOn }),
  );
}
