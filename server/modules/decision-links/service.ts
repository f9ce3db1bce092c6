import type { ApprovalContext } from "@/core/contracts/approval";
import type { DecisionPage } from "@/core/contracts/decision-link";
import { AppError } from "@/core/errors";
import type { JsonObject } from "@/core/json";
import { decideApproval, getApproval, undoDecision } from "@/server/modules/approvals/service";
import { proveByCode, sendCodeTo } from "./code";
import { isSameText, keyedHash } from "./keyed-hash";
import { outsideCard } from "./outside-card";
import { visit, type Visit, type Visitor } from "./visitor";

/** What the page of a link shows. Looking changes nothing, however often and by whatever program. */
export async function lookAtLink(visitor: Visitor): Promise<DecisionPage> {
  const found = await visit(visitor);
  const { link, person, proven } = found;
  const isOutside = link.outside !== null;
  if (link.isExpired) return { state: "expired", isOutside };
  if (link.outside?.mayLook === false) return { state: "taken_off" };
  // Who was asked without an account has nothing more to see once it is over.
  if (proven === null || (isOutside && link.over !== null))
    return {
      state: "locked",
      askedAt: link.askedAt.toISOString(),
      signedInAsOther: visitor.signedIn !== null,
      over: link.over,
      isOutside,
    };
  const card = await getApproval(proven.actor, link.waitpointId);
  return {
    state: "shown",
    proof: proven.proof,
    name: person.name,
    isOutside,
    card: isOutside ? outsideCard(card) : card,
    nonce: nonceOf(found, card),
  };
}

/** Sends a code to the person of the link. */
export async function sendLinkCode(visitor: Visitor): Promise<void> {
  const found = await liveVisit(visitor);
  if (found.link.outside !== null && found.link.over !== null)
    throw new AppError("conflict", "This does not wait for you any more, so there is nothing left to show.");
  await sendCodeTo(found);
}

/** Gives the `Set-Cookie` header of a browser in which the code was entered. */
export async function proveLink(visitor: Visitor, code: string): Promise<string> {
  return proveByCode(await liveVisit(visitor), code);
}

interface LinkDecision {
  decision: "approved" | "rejected";
  comment?: string;
  messageToRequester?: string;
  /** As `decideApproval` takes them. */
  edits?: JsonObject;
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
  try {
    const item = await decideApproval(actor, found.link.waitpointId, { ...decision, via: "link", provenBy: proof });
    return { status: item.status, next: item.next, undoUntil: item.undoUntil };
  } catch (error) {
    // It was given to others in this moment: to whom is not for everybody to know.
    await liveVisit(visitor);
    throw error;
  }
}

/** Takes back what was decided by this link, while that is possible. */
export async function undoByLink(visitor: Visitor): Promise<void> {
  const { link, proven } = await provenVisit(visitor);
  await undoDecision(proven.actor, link.waitpointId);
}

async function liveVisit(visitor: Visitor): Promise<Visit> {
  const found = await visit(visitor);
  const { isExpired, outside } = found.link;
  if (isExpired)
    throw new AppError(
      "forbidden",
      outside === null
        ? "This link has expired. Open the request in the inbox."
        : "This link has expired. Write to whoever asked you if you still want to answer.",
    );
  if (outside?.mayLook === false)
    throw new AppError("forbidden", "You are not asked about this any more. You need not do anything.");
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
