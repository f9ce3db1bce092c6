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

/** Why this person may not decide this approval; null when they may. Roles are read now, not when it was opened. */
export function refusalFor(facts: {
  actor: Actor;
  actorRefs: readonly string[];
  assignees: readonly string[];
  policy: ApprovalPolicy;
  requester: { ownerId: string; email: string | null; startedByPerson: boolean };
}): Refusal | null {
  const { actor, policy, requester } = facts;
  if (!facts.assignees.some((ref) => facts.actorRefs.includes(ref))) {
    return { code: "not_an_assignee", message: "This decision is assigned to somebody else. Ask them, or an administrator, to decide." };
  }
  const isRequester =
    (requester.startedByPerson && requester.ownerId === actor.userId) || (requester.email !== null && requester.email.toLowerCase() === actor.email?.toLowerCase());
  if (policy.requesterCannotApprove && isRequester) {
    return { code: "requester_cannot_approve", message: "You asked for this yourself, so somebody else must decide." };
  }
  return null;
}
