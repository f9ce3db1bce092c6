import type { ErrorCode } from "@/core/errors";
import type { Actor } from "@/server/db/tenant";

/** What an approval asks of those who decide it, as frozen in its request. */
export interface ApprovalPolicy {
  requesterCannotApprove: boolean;
  commentRequiredOn: readonly ("approved" | "rejected")[];
  /** Paths that may be changed while approving, e.g. `input.amount`. */
  editable: readonly string[];
}

export interface Refusal {
  code: ErrorCode;
  message: string;
}

/** Somebody who decides: themselves, or in whose name it is done. */
export interface Decider {
  name: string;
  email: string | null;
  userId: string | null;
  /** What they are asked as: their user, teams and roles. */
  refs: readonly string[];
  mayDecide: boolean;
}

/**
 * Why this person may not decide this approval; null when they may. Roles are read now, not when it was opened. In somebody's
 * name (the caller has checked the right to) it is decided as that person could: they must be asked and may decide, and four
 * eyes stay four, so neither may be the requester.
 */
export function refusalFor(facts: {
  actor: Pick<Actor, "email" | "userId">;
  actorRefs: readonly string[];
  assignees: readonly string[];
  policy: ApprovalPolicy;
  requester: { ownerId: string; email: string | null; startedByPerson: boolean };
  onBehalfOf?: Decider | null;
}): Refusal | null {
  const { actor, policy, onBehalfOf = null } = facts;
  const isAsked = (refs: readonly string[]) => facts.assignees.some((ref) => refs.includes(ref));
  if (onBehalfOf !== null) {
    const { name } = onBehalfOf;
    if (!onBehalfOf.mayDecide)
      return {
        code: "not_an_assignee",
        message: `${name} may not decide approvals, so nobody can decide in the name of ${name}.`,
      };
    if (policy.requesterCannotApprove && isRequester(onBehalfOf, facts.requester))
      return { code: "requester_cannot_approve", message: `${name} asked for this, so somebody else must decide.` };
    if (!isAsked(onBehalfOf.refs))
      return {
        code: "not_an_assignee",
        message: `${name} was not asked for this decision. Name somebody who was.`,
      };
  } else if (!isAsked(facts.actorRefs)) {
    return {
      code: "not_an_assignee",
      message: "This decision is assigned to somebody else. Ask them, or an administrator, to decide.",
    };
  }
  if (policy.requesterCannotApprove && isRequester(actor, facts.requester)) {
    return {
      code: "requester_cannot_approve",
      message: "You asked for this yourself, so somebody else must decide.",
    };
  }
  return null;
}

function isRequester(
  decider: { email: string | null; userId: string | null },
  requester: { ownerId: string; email: string | null; startedByPerson: boolean },
): boolean {
  if (requester.startedByPerson && requester.ownerId === decider.userId) return true;
  return requester.email !== null && requester.email.toLowerCase() === decider.email?.toLowerCase();
}
