import type { ApprovalItem } from "@/core/contracts/approval";
import { undecidableWords } from "@/core/contracts/undecidable";
import { AppError } from "@/core/errors";
import { mostOutside, outsideRef, outsideRefs } from "@/core/outside-address";
import { requireStanding } from "@/server/auth/standing";
import { hasScope, requireScope, type UserActor } from "@/server/db/tenant";
import { withTransaction, writeAudit } from "@/server/db/transaction";
import { assigneeRefsOf, createDirectoryPort, nameRefs } from "@/server/modules/directory/service";
import { readUndecidable } from "@/server/modules/runs/service";
import { isFourEyes, isRequester, requesterOf, toItems } from "./approval-items";
import { alreadyDecided, existingApproval, notFound } from "./existing-approval";
import { mayReassign } from "./policy";
import { namesOf } from "./refused-decision";
import { listRunFacts, listWorkflowOwners, putAssignees, type ApprovalRow } from "./repository";
import { readApprovalRequest } from "./request";
import { findRequesters, type Requesters } from "./store";

export interface Reassignment {
  /** `role:manager`, `team:finance`, `user:usr_…` or the e-mail address of a member. */
  assignTo: readonly string[];
  reason?: string;
}

/**
 * Asks others instead. Nobody who could not decide becomes able to by it: four eyes stay four, and whoever gives it away without
 * an administrator's right does not get it. Refused where nobody could decide afterwards either.
 */
export async function reassignApproval(
  actor: UserActor,
  idText: string,
  { assignTo, reason }: Reassignment,
): Promise<ApprovalItem> {
  requireScope(actor, "approvals:reassign");
  const row = await existingApproval(actor, idText);
  const requesters = await findRequesters(actor.organizationId, [row.runId]);
  await requireMayReassign(actor, row, requesters);
  if (row.status !== "open") throw alreadyDecided(row);
  const refs = await readRefs(actor, assignTo, readApprovalRequest(row.request).outside);
  await requireFit(actor, row, refs, requesters);
  const names = await nameRefs(actor.organizationId, [...row.assignees, ...refs]);
  const named = (list: readonly string[]) => list.map((ref) => names.get(ref) ?? ref);
  await withTransaction(async (tx) => {
    await requireStanding(tx, actor, "approvals:reassign");
    const after = await putAssignees(tx, row, {
      assignees: refs,
      actor,
      from: named(row.assignees),
      to: named(refs),
      ...(reason === undefined ? {} : { reason }),
    });
    if (after === null) throw await tooLate(actor, idText);
    const left = readUndecidable(after);
    if (left) throw nobodyThere(undecidableWords("approval", left, named(refs)));
    await writeAudit(
      tx,
      actor,
      "approval.reassigned",
      { type: "approval", id: row.id },
      { runId: row.runId, nodeId: row.nodeId, from: row.assignees, to: [...refs], reason: reason ?? null },
    );
  });
  const [item] = await toItems(actor, [await existingApproval(actor, idText)]);
  if (!item) throw notFound();
  return item;
}

async function requireMayReassign(
  actor: UserActor,
  row: ApprovalRow,
  requesters: ReadonlyMap<string, Requesters>,
): Promise<void> {
  const owners = await listWorkflowOwners(actor.organizationId, [row.workflowId]);
  if (!mayReassign(actor, owners.get(row.workflowId)))
    throw new AppError(
      "forbidden",
      "Only administrators and the owner of the workflow give approvals to others. Ask one of them.",
    );
  if (isRequester(actor, row, requesters))
    throw new AppError(
      "requester_cannot_approve",
      "You asked for this yourself, so somebody else must say who decides: an administrator, or the owner of the workflow.",
    );
  const [run] = await listRunFacts(actor.organizationId, [row.runId]);
  if (run?.test !== false)
    throw new AppError("conflict", "A test asks its tester alone. Nothing of it can be reassigned.");
}

/** `outside`: whether the step asks addresses of people without an account. */
async function readRefs(actor: UserActor, assignTo: readonly string[], outside: boolean): Promise<string[]> {
  const found = await createDirectoryPort(actor.organizationId).resolveAssignees(assignTo);
  const byAddress = outsideRefs(outside ? found.unknown : []);
  const unknown = found.unknown.filter((ref) => !byAddress.has(ref));
  if (unknown.length === 0) return [...new Set(found.refs.map((ref) => byAddress.get(ref) ?? ref))];
  throw new AppError(
    "validation_failed",
    unknown.some((ref) => outsideRef(ref) !== null)
      ? outside
        ? `At most ${String(mostOutside)} people without an account are asked. Name fewer.`
        : "Some of those are nobody in your organization, and this step asks nobody without an account. Choose roles, teams or active members."
      : "Some of those are nobody in your organization. Choose roles, teams or active members.",
    unknown.map((ref) => ({
      code: "unknown_assignee",
      path: `assign_to[${String(assignTo.indexOf(ref))}]`,
      message: `"${ref}" is no role, team or active member of your organization.`,
    })),
  );
}

async function requireFit(
  actor: UserActor,
  row: ApprovalRow,
  refs: readonly string[],
  requesters: ReadonlyMap<string, Requesters>,
): Promise<void> {
  const { people } = requesterOf(row, requesters);
  if (isFourEyes(row) && people.some((person) => refs.includes(`user:${person}`)))
    throw new AppError("requester_cannot_approve", "Whoever asked for this may not decide it. Choose somebody else.");
  if (hasScope(actor, "approvals:decide:any")) return;
  const own = await assigneeRefsOf(actor);
  const isAmong = (list: readonly string[]) => list.some((ref) => own.includes(ref));
  if (isAmong(refs) && !isAmong(row.assignees))
    throw new AppError(
      "forbidden",
      "You cannot give this decision to yourself. Choose somebody else, or ask an administrator.",
    );
}

/** Somebody else decided it or gave it away in the same moment. */
async function tooLate(actor: UserActor, idText: string): Promise<AppError> {
  const now = await existingApproval(actor, idText);
  if (now.status !== "open") return alreadyDecided(now);
  const to = await namesOf(actor, now.assignees);
  return new AppError(
    "conflict",
    `Somebody else gave this to ${to} at this moment. Look at it again before you give it to others.`,
  );
}

function nobodyThere(words: string): AppError {
  return new AppError(
    "validation_failed",
    `Nobody of those could decide it. ${words.replace(/ Reassign it.*$/, "")} Choose others.`,
    [{ code: "no_reachable_approver", path: "assign_to", message: "Nobody of those may decide this." }],
  );
}
