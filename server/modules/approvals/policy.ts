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

/** Who asked for it: user ids, never an address that somebody typed. */
export interface Requester {
  people: readonly string[];
  /** False where nobody can tell who began the run. */
  isKnown: boolean;
}

/** Four eyes without anybody knowing the first two: then two different people approve. */
export function needsTwoPeople(policy: ApprovalPolicy, requester: Requester): boolean {
  return policy.requesterCannotApprove && !requester.isKnown;
}

/**
 * Why this person may not decide this approval; null when they may. Roles are read now, not when it was opened. Deciding in
 * somebody's name (the caller has checked the right to) needs no assignment, but four eyes stay four: neither may be the requester.
 * `approvedBy`: who has given the first of two approvals.
 */
export function refusalFor(facts: {
  actor: Actor;
  actorRefs: readonly string[];
  assignees: readonly string[];
  policy: ApprovalPolicy;
  requester: Requester;
  approvedBy?: readonly string[];
  onBehalfOf?: { email: string; userId: string | null } | null;
}): Refusal | null {
  const { actor, policy, requester, approvedBy = [], onBehalfOf = null } = facts;
  if (onBehalfOf === null && !facts.assignees.some((ref) => facts.actorRefs.includes(ref))) {
    return {
      code: "not_an_assignee",
      message: "This decision is assigned to somebody else. Ask them, or an administrator, to decide.",
    };
  }
  if (policy.requesterCannotApprove && onBehalfOf !== null && isAmong(requester.people, onBehalfOf.userId)) {
    return {
      code: "requester_cannot_approve",
      message: `${onBehalfOf.email} asked for this, so somebody else must decide.`,
    };
  }
  if (policy.requesterCannotApprove && isAmong(requester.people, actor.userId)) {
    return {
      code: "requester_cannot_approve",
      message: "You asked for this yourself, so somebody else must decide.",
    };
  }
  if (isAmong(approvedBy, actor.userId) || isAmong(approvedBy, onBehalfOf?.userId ?? null)) return secondPersonNeeded;
  return null;
}

export const secondPersonNeeded: Refusal = {
  code: "requester_cannot_approve",
  message: "Your approval is kept. Nobody can tell who asked for this, so a second person must approve it too.",
};

function isAmong(people: readonly string[], userId: string | null): boolean {
  return userId !== null && people.includes(userId);
}
