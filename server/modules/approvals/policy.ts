import type { ErrorCode } from "@/core/errors";
import { hasScope, type Actor } from "@/server/db/tenant";

/** What an approval asks of those who decide it, as frozen in its request. */
export interface ApprovalPolicy {
  requesterCannotApprove: boolean;
  /** Who decided another approval of the run does not decide this one. */
  neverTwice: boolean;
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

/** Who asked for it: user ids, never an address that somebody typed. */
export interface Requester {
  people: readonly string[];
  /** False where nobody can tell who began the run. */
  isKnown: boolean;
}

/**
 * Why this person may not decide this approval; null when they may. Roles are read now, not when it was opened. In somebody's
 * name (the caller has checked the right to) it is decided as that person could: they must be asked and may decide, and four
 * eyes stay four, so neither may be the requester. `spoken`: who has said a word already, where several decide. `electorate`: whose
 * word counts, where that is fixed. `decidedBefore`: who decided other approvals of the run.
 */
export function refusalFor(facts: {
  actor: Pick<Actor, "email" | "userId">;
  actorRefs: readonly string[];
  assignees: readonly string[];
  policy: ApprovalPolicy;
  requester: Requester;
  spoken?: readonly string[];
  electorate?: readonly string[] | null;
  decidedBefore?: readonly string[];
  onBehalfOf?: Decider | null;
}): Refusal | null {
  const { actor, policy, requester, spoken = [], electorate = null, decidedBefore = [], onBehalfOf = null } = facts;
  const isAsked = (refs: readonly string[]) => facts.assignees.some((ref) => refs.includes(ref));
  if (onBehalfOf !== null) {
    const { name } = onBehalfOf;
    if (!onBehalfOf.mayDecide)
      return {
        code: "not_an_assignee",
        message: `${name} may not decide approvals, so nobody can decide in the name of ${name}.`,
      };
    if (policy.requesterCannotApprove && isAmong(requester.people, onBehalfOf.userId))
      return { code: "requester_cannot_approve", message: `${name} asked for this, so somebody else must decide.` };
    if (!isAsked(onBehalfOf.refs))
      return {
        code: "not_an_assignee",
        message: `${name} was not asked for this decision. Name somebody who was.`,
      };
  } else if (!isAsked(facts.actorRefs)) {
    return notAsked;
  }
  if (policy.requesterCannotApprove && isAmong(requester.people, actor.userId)) {
    return {
      code: "requester_cannot_approve",
      message: "You asked for this yourself, so somebody else must decide.",
    };
  }
  const people = [actor.userId, onBehalfOf?.userId ?? null];
  if (isAmong(spoken, actor.userId)) return spokenAlready;
  if (onBehalfOf !== null && isAmong(spoken, onBehalfOf.userId)) return spokenFor(onBehalfOf.name);
  if (policy.neverTwice && people.some((person) => isAmong(decidedBefore, person))) return decidedAnother;
  if (electorate !== null && !isAmong(electorate, onBehalfOf?.userId ?? actor.userId)) return notAskedThen;
  return null;
}

/** Administrators give any approval to others, and whoever owns a workflow those of its runs. */
export function mayReassign(actor: Actor, workflowOwnerId: string | undefined): boolean {
  if (!hasScope(actor, "approvals:reassign")) return false;
  return hasScope(actor, "approvals:decide:any") || (actor.userId !== null && actor.userId === workflowOwnerId);
}

export const notAsked: Refusal = {
  code: "not_an_assignee",
  message: "This decision is assigned to somebody else. Ask them, or an administrator, to decide.",
};

export const spokenAlready: Refusal = {
  code: "person_has_decided",
  message: "You have given your decision. More people must decide this, each for themselves.",
};

function spokenFor(name: string): Refusal {
  return { code: "person_has_decided", message: `${name} has given a decision. More people must decide this.` };
}

export const decidedAnother: Refusal = {
  code: "person_has_decided",
  message: "You decided another step of this run, and nobody decides twice here. Somebody else must decide this one.",
};

export const notAskedThen: Refusal = {
  code: "not_an_assignee",
  message: "Whose decision counts was fixed by the first one that was given, and you were not asked then.",
};

function isAmong(people: readonly string[], userId: string | null): boolean {
  return userId !== null && people.includes(userId);
}
