import type { ApprovalContext } from "@/core/contracts/approval";
import type { AuditItem } from "@/core/contracts/audit";
import type { EvidenceDecision, EvidencePack } from "@/core/contracts/evidence";
import { filesIn, type FileAnswer } from "@/core/contracts/file";
import type { RunDetail } from "@/core/contracts/run";
import { AppError } from "@/core/errors";
import { readId } from "@/core/ids";
import { hasTokens, withoutTokens } from "@/server/token-words";
import { hasScope, requireScope, type Actor } from "@/server/db/tenant";
import { noteAct } from "@/server/db/transaction";
import { getApproval } from "@/server/modules/approvals/service";
import { listLines, proofOf } from "@/server/modules/audit/service";
import { getRun } from "@/server/modules/runs/service";
import { decidedIn, findOrganizationName, findShown, type SubjectRef } from "./store";

/** What a file carries of the log. */
const mostLines = 2_000;
const mostDecisions = 500;

/** One decision with its run and its lines in the log, as the person who takes it may see them. That it was taken is noted. */
export async function decisionEvidence(actor: Actor, idText: string): Promise<EvidencePack> {
  requireScope(actor, "approvals:read");
  const context = await getApproval(actor, idText);
  const id = readId("approval", context.id) ?? context.id;
  // Also what can still be taken back is not decided.
  if ((await findShown(actor.organizationId, id))?.isOpen !== false)
    throw new AppError("conflict", "This is not decided yet. There is evidence of it as soon as a decision counts.");
  const runId = readId("run", context.runId) ?? context.runId;
  await noteAct(actor, "evidence.exported", { type: "approval", id }, { runId });
  const [run, log] = await Promise.all([
    hasScope(actor, "runs:read") ? getRun(actor, context.runId) : null,
    logOf(actor, [
      { type: "approval", id },
      { type: "run", id: runId },
    ]),
  ]);
  return {
    ...(await head(actor)),
    about: { decision: id },
    decisions: [await decision(actor, context, log?.lines ?? null)],
    run: run && {
      id: run.id,
      status: run.status,
      started_at: run.startedAt,
      ended_at: run.endedAt,
      timeline: run.events.map((event) => ({ ...event, data: withoutTokens(event.data) })),
      files: filesOf(run.steps),
    },
    log,
  };
}

/** All decisions of a time range, for those who may read the log. */
export async function periodEvidence(
  actor: Actor,
  { since, until }: { since: Date; until: Date },
): Promise<EvidencePack> {
  requireScope(actor, "audit:read");
  requireScope(actor, "approvals:read");
  if (since >= until) throw new AppError("validation_failed", "The time must end after it begins.");
  const { organizationId } = actor;
  const ids = await decidedIn(organizationId, { since, until, limit: mostDecisions + 1 });
  if (ids.length > mostDecisions)
    throw new AppError(
      "validation_failed",
      `More than ${String(mostDecisions)} decisions were made in this time, and a file holds no more. Choose a shorter time, and take one file for each.`,
    );
  const about = { since: since.toISOString(), until: until.toISOString() };
  await noteAct(
    actor,
    "evidence.period_exported",
    { type: "audit", id: organizationId },
    { ...about, decisions: ids.length },
  );
  const log = await logOf(
    actor,
    ids.map((id) => ({ type: "approval", id })),
  );
  const decisions: EvidenceDecision[] = [];
  for (const id of ids) decisions.push(await decision(actor, await getApproval(actor, id), log?.lines ?? null));
  return { ...(await head(actor)), about, decisions, run: null, log };
}

/** What is handed on from step to step is one file. */
function filesOf(steps: RunDetail["steps"]): FileAnswer[] {
  const files = steps.flatMap(({ output }) => filesIn(output));
  return [...new Map(files.map((file) => [file.id, file])).values()];
}

async function head(actor: Actor): Promise<Pick<EvidencePack, "format" | "made">> {
  const name = await findOrganizationName(actor.organizationId);
  const made = { at: new Date().toISOString(), by: actor.name, organization: { id: actor.organizationId, name } };
  return { format: "holdpoint-evidence/1", made };
}

async function logOf(actor: Actor, subjects: readonly SubjectRef[]): Promise<EvidencePack["log"]> {
  if (!hasScope(actor, "audit:read")) return null;
  const page = await listLines(actor, { subjects }, { limit: mostLines, offset: 0 });
  const lines = page.items.map((line) => ({ ...line, data: withoutTokens(line.data) })).reverse();
  const proof = await proofOf(
    actor,
    lines.map(({ id }) => id),
  );
  return { lines, more: page.nextCursor !== null, proof };
}

async function decision(
  actor: Actor,
  context: ApprovalContext,
  lines: readonly AuditItem[] | null,
): Promise<EvidenceDecision> {
  const id = readId("approval", context.id) ?? context.id;
  const kept = await findShown(actor.organizationId, id);
  // Whoever may not decide sees a card with what is sensitive hidden; a hash of all of it would let them try values.
  const isWhole = hasScope(actor, "approvals:decide");
  const deciding = lines?.findLast(({ action, subject }) => subject.id === id && closing.has(action));
  const { record } = context;
  return {
    id,
    workflow: { slug: context.workflow.slug, name: context.workflow.name, version: context.workflow.version },
    run_id: context.runId,
    asked: {
      at: context.createdAt,
      of: context.assignTo,
      rule: context.rule?.sentence ?? null,
      requested_by: context.requestedBy,
      due_at: context.dueAt,
    },
    shown: {
      headline: context.headline,
      fields: context.fields,
      held: context.bound,
      changed_since_approved: context.changed,
      consequences: {
        approved: context.whatHappensNext.approved,
        rejected: context.whatHappensNext.rejected,
        timed_out: context.whatHappensNext.timedOut,
      },
      hash: isWhole || lines !== null ? (kept?.hash ?? null) : null,
      text: isWhole && kept !== null && !hasTokens(kept.text) ? kept.text : null,
    },
    status: context.status,
    decision: context.decision,
    decided_at: context.decidedAt,
    decided_by: record?.by ?? context.decidedBy?.name ?? null,
    on_behalf_of: record?.onBehalfOf ?? null,
    via: record?.via ?? null,
    identified: deciding ? { auth: deciding.auth, address: deciding.address } : null,
    proven_by: record?.provenBy ?? null,
    comment: context.comment,
    message_to_requester: record?.messageToRequester ?? null,
    edits: record?.edits ?? [],
    votes: context.votes.map(({ name, decision: said, at, comment }) => ({ by: name, decision: said, at, comment })),
    timeout_effect: record?.timeoutEffect ?? null,
    cancelled: record?.cancelled ?? null,
  };
}

const closing = new Set(["approval.approved", "approval.rejected", "approval.timed_out"]);
