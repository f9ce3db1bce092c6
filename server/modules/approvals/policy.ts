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

/**
 * Why this person may not decide this approval; null when they may. Roles are read now, not when it was opened. Deciding in
 * somebody's name (the caller has checked the right to) needs no assignment, but four eyes stay four: neither may be the requester.
 */
export function refusalFor(facts: {
  actor: Actor;
  actorRefs: readonly string[];
  assignees: readonly string[];
  policy: ApprovalPolicy;
  requester: { ownerId: string; email: string | null; startedByPerson: boolean };
  onBehalfOf?: { email: string; userId: string | null } | null;
}): Refusal | null {
  const { actor, policy, onBehalfOf = null } = facts;
  if (onBehalfOf === null && !facts.assignees.some((ref) => facts.actorRefs.includes(ref))) {
    return {
      code: "not_an_assignee",
      message: "This decision is assigned to somebody else. Ask them, or an administrator, to decide.",
    };
  }
  if (policy.requesterCannotApprove && onBehalfOf !== null && isRequester(onBehalfOf, facts.requester)) {
    return {
      code: "requester_cannot_approve",
      message: `${onBehalfOf.email} asked for this, so somebody else must decide.`,
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
