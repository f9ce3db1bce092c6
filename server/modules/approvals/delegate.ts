import type { ApprovalItem } from "@/core/contracts/approval";
import { AppError, type ErrorCode } from "@/core/errors";
import { showId } from "@/core/ids";
import { splitRef } from "@/core/directory";
import { accessChanged, standingFacts } from "@/server/auth/standing";
import { requireScope, type UserActor } from "@/server/db/tenant";
import { auditActor, auditProof } from "@/server/db/transaction";
import { createDirectoryPort, directoryFacts, nameRefs } from "@/server/modules/directory/service";
import { toItems } from "./approval-items";
import { alreadyDecided, existingApproval, notFound } from "./existing-approval";
import { actOnApproval, findDelegates } from "./store";

export interface Delegation {
  /** `user:usr_…` or the e-mail address of a member. */
  to: string;
  reason?: string;
}

/**
 * Gives an open approval to a colleague, who may decide it in the name of whoever was asked. Either of the two decides, once. Nobody becomes
 * able to by it who could not decide for themselves under four eyes, and nobody gives on what was given to them.
 */
export async function delegateApproval(actor: UserActor, idText: string, given: Delegation): Promise<ApprovalItem> {
  requireScope(actor, "approvals:decide");
  const row = await existingApproval(actor, idText);
  const ref = await personRef(actor, given.to);
  const to = splitRef(ref)[1];
  if (to === actor.userId) throw unfit("You are asked yourself. Choose a colleague.");
  const name = (await nameRefs(actor.organizationId, [ref])).get(ref) ?? given.to;
  const reason = await actOnApproval("delegate_approval", {
    ...actOf(actor, row.id),
    fromName: actor.name,
    to,
    toName: name,
    reason: given.reason === undefined || given.reason === "" ? null : given.reason,
    stands: standingFacts(actor, "approvals:decide"),
  });
  if (reason !== null) throw await refused(actor, idText, reason, name);
  return changed(actor, idText);
}

/** Takes it back from the colleague, as long as nobody has decided. */
export async function takeBackDelegation(actor: UserActor, idText: string): Promise<ApprovalItem> {
  requireScope(actor, "approvals:decide");
  const row = await existingApproval(actor, idText);
  const reason = await actOnApproval("end_delegation", actOf(actor, row.id));
  if (reason !== null) throw await refused(actor, idText, reason, "");
  return changed(actor, idText);
}

/** The colleagues whom this person could give it to. */
export async function listDelegates(
  actor: UserActor,
  idText: string,
): Promise<{ ref: string; name: string; email: string }[]> {
  requireScope(actor, "approvals:decide");
  const row = await existingApproval(actor, idText);
  const [found, { members }] = await Promise.all([
    findDelegates(actor.organizationId, row.id, actor.userId),
    directoryFacts(actor.organizationId),
  ]);
  const fit = new Set(found);
  return members
    .filter(({ userId }) => fit.has(userId))
    .map(({ userId, name, email }) => ({ ref: `user:${showId("user", userId)}`, name, email }))
    .sort((left, right) => left.name.localeCompare(right.name));
}

function actOf(actor: UserActor, id: string) {
  return {
    org: actor.organizationId,
    id,
    from: actor.userId,
    actor: auditActor(actor),
    proof: auditProof(actor),
  };
}

async function changed(actor: UserActor, idText: string): Promise<ApprovalItem> {
  const [item] = await toItems(actor, [await existingApproval(actor, idText)]);
  if (!item) throw notFound();
  return item;
}

async function personRef(actor: UserActor, to: string): Promise<string> {
  const { refs } = await createDirectoryPort(actor.organizationId).resolveAssignees([to]);
  const [ref = ""] = refs;
  if (!/^user:[0-9a-f-]{36}$/.test(ref))
    throw unfit(`"${to}" is no active member of your organization. Choose a colleague.`);
  return ref;
}

/** What stands against it, as the database says it. */
async function refused(actor: UserActor, idText: string, reason: string, name: string): Promise<AppError> {
  if (reason === "not_found") return notFound();
  if (reason === "closed") return alreadyDecided(await existingApproval(actor, idText));
  if (reason === "changed") return accessChanged();
  const known = own[reason];
  if (known) return new AppError(...known);
  return unfit(`${name} ${others[reason] ?? "cannot decide this for you"}. Choose somebody else.`);
}

const own: Readonly<Record<string, [ErrorCode, string]>> = {
  test: ["conflict", "A test asks its tester alone. Nothing of it can be given to others."],
  given: ["conflict", "You gave this to a colleague already. Take it back before you give it to somebody else."],
  chain: ["forbidden", "A colleague gave this to you. It is theirs to give to somebody else."],
  not_asked: ["forbidden", "This decision is not yours, so you cannot give it to a colleague."],
  none: ["conflict", "You gave this to nobody, or took it back already."],
};

const others: Readonly<Record<string, string>> = {
  may_not_decide: "may not decide approvals",
  not_a_member: "is no active member of your organization",
  asked: "is asked for this decision already",
  requester: "asked for this, so somebody else must decide",
  decided_before: "decided another step of this run, and nobody decides twice here",
  spoken: "has given a decision already",
  has_another: "has this from another colleague already",
};

function unfit(message: string): AppError {
  return new AppError("validation_failed", message, [{ code: "unfit_delegate", path: "to", message }]);
}
