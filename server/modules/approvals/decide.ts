import type { ApprovalItem, LinkProof } from "@/core/contracts/approval";
import { AppError } from "@/core/errors";
import type { Json, JsonObject } from "@/core/json";
import type { Spec } from "@/core/workflow/document";
import { standingFacts } from "@/server/auth/standing";
import { requireScope, type Actor, type UserActor } from "@/server/db/tenant";
import { assigneeRefsOf } from "@/server/modules/directory/service";
import {
  auditedValues,
  giveDecision,
  inNameOf,
  loadVersion,
  requireWayKeptByEdits,
  resolveWaitpoint,
  runVersionSpec,
  takeBackDecision,
} from "@/server/modules/runs/service";
import { decidingOf, isForSeveral, refusalOf, toItems } from "./approval-items";
import { delegatorsOf, deputiesOf } from "./delegators";
import { changesOf, currentInput, inputEdits } from "./edits";
import { alreadyDecided, existingApproval, notFound } from "./existing-approval";
import { fingerprintOf } from "./fingerprint";
import { principalOf } from "./principal";
import { refusedDecision } from "./refused-decision";
import { findRunInput, listRunFacts } from "./repository";
import { readApprovalRequest } from "./request";
import { findRequesters } from "./store";
import { consequencesOf } from "./what-follows";

export interface Decision {
  decision: "approved" | "rejected";
  comment?: string;
  messageToRequester?: string;
  /** `input.*` paths the policy allows to change. */
  edits?: JsonObject;
  /** E-mail address of the colleague in whose name it is decided; needs the scope `approvals:decide:any`. */
  onBehalfOf?: string;
  /** Of the card as it was shown: if it says something else by now, nothing is decided. */
  fingerprint?: string;
  /** On a page, also that of a link, it can be taken back for a moment; over the API it counts at once. */
  via: "ui" | "api" | "link";
  /** On the page of a link: how it was proven who decides. */
  provenBy?: LinkProof;
}

/**
 * Decides: authority is read now, then one compare-and-set. The loser learns who was first. Where several people
 * decide, a word is kept and the approval stays pending until it is enough. `undoUntil`: until then it can be taken back, and nothing follows from it.
 */
export async function decideApproval(
  actor: UserActor,
  idText: string,
  decision: Decision,
): Promise<ApprovalItem & { next: string[] | null; undoUntil: string | null }> {
  requireScope(actor, "approvals:decide");
  const row = await existingApproval(actor, idText);
  const [run] = await listRunFacts(actor.organizationId, [row.runId]);
  if (!run) throw notFound();
  const request = readApprovalRequest(row.request);
  if (row.status !== "open") throw alreadyDecided(row);
  if (decision.fingerprint !== undefined && decision.fingerprint !== fingerprintOf(row)) throw changedSince();
  if (decision.onBehalfOf !== undefined) requireScope(actor, "approvals:decide:any");
  const delegators = await delegatorsOf(actor, [row], await assigneeRefsOf(actor), await deputiesOf(actor, [row]));
  const delegator = delegators.get(row.id);
  const principal =
    decision.onBehalfOf === undefined ? delegator : await principalOf(actor.organizationId, decision.onBehalfOf);
  const wasAway = decision.onBehalfOf === undefined && delegator?.isAway === true;
  const [requesters, deciding] = await Promise.all([
    findRequesters(actor.organizationId, [row.runId]),
    decidingOf(actor, [row]),
  ]);
  const refusal = await refusalOf(actor, row, run, { onBehalfOf: principal, requesters, deciding });
  if (refusal) throw new AppError(refusal.code, refusal.message);
  checkDecision(decision, request.policy);
  if ((deciding.get(row.id)?.needed ?? 1) > 1 && Object.keys(decision.edits ?? {}).length > 0) throw editsBySeveral();
  const spec = await runVersionSpec(actor.organizationId, run.versionId);
  const { patch: edits, changes } = await readEdits(actor, decision.edits ?? {}, {
    row,
    versionId: run.versionId,
    spec,
  });
  const given = {
    organizationId: actor.organizationId,
    waitpointId: row.id,
    outcome: decision.decision,
    action: `approval.${decision.decision}`,
    actor,
    ...(principal === undefined ? {} : { shownAs: inNameOf(actor.name, principal.name, wasAway) }),
    via: decision.via,
    auditedEdits: await auditedValues(actor.organizationId, row.runId, edits),
    asked: {
      ...standingFacts(actor, decision.onBehalfOf === undefined ? "approvals:decide" : "approvals:decide:any"),
      assignees: row.assignees,
      principal: principal?.userId ?? null,
      ...(decision.onBehalfOf === undefined && principal !== undefined ? { delegated: true } : {}),
    },
    ...(isForSeveral(row) ? { people: [actor.userId, principal?.userId ?? null].filter((id) => id !== null) } : {}),
    resolution: {
      decision: decision.decision,
      comment: decision.comment ?? null,
      messageToRequester: decision.messageToRequester ?? null,
      edits,
      ...(decision.provenBy === undefined ? {} : { provenBy: decision.provenBy }),
      ...(changes.length > 0 ? { changes } : {}),
      ...(principal === undefined
        ? {}
        : {
            onBehalfOf: {
              id: principal.userId,
              name: principal.name,
              email: principal.email,
              ...(wasAway ? { wasAway } : {}),
            },
          }),
    },
  };
  const result = await (decision.via !== "api" ? giveDecision(given) : resolveWaitpoint(given));
  const after = await existingApproval(actor, idText);
  if (!result.ok) throw await refusedDecision(actor, after, result);
  const [item] = await toItems(actor, [after]);
  if (!item) throw notFound();
  const { plan } = await loadVersion(actor.organizationId, run.versionId);
  const next = consequencesOf(plan, row.nodeId, request.consequences ?? null);
  return {
    ...item,
    next: result.isKept ? null : next[decision.decision],
    undoUntil: result.undoUntil,
  };
}

/** Whoever decided on a page takes it back, as long as it does not count yet; the request waits again. */
export async function undoDecision(actor: UserActor, idText: string): Promise<void> {
  requireScope(actor, "approvals:decide");
  const { id } = await existingApproval(actor, idText);
  if (!(await takeBackDecision(actor, id)))
    throw new AppError("conflict", "It is too late to take this back: the decision counts already.");
}

function changedSince(): AppError {
  return new AppError(
    "conflict",
    "This changed after it was shown to you, so it was not decided. Look at it, then decide again.",
  );
}

/** The others would approve what one of them changed without having been shown it. */
function editsBySeveral(): AppError {
  return new AppError(
    "validation_failed",
    "Several people must approve this, so nothing can be changed while approving. Reject it, and ask again with the right values.",
  );
}

function checkDecision(decision: Decision, policy: ReturnType<typeof readApprovalRequest>["policy"]): void {
  if (policy.commentRequiredOn.includes(decision.decision) && !decision.comment?.trim()) {
    throw new AppError("comment_required", "This decision needs a comment. Write why, then decide again.", [
      { code: "comment_required", path: "comment", message: "Write why." },
    ]);
  }
  if (decision.decision === "rejected" && Object.keys(decision.edits ?? {}).length > 0)
    throw new AppError("validation_failed", "A rejection changes no values. Approve with them, or reject without.");
  const foreign = Object.keys(decision.edits ?? {}).filter(
    (path) => !policy.editable.includes(path) && !policy.editable.includes(`input.${path}`),
  );
  if (foreign.length > 0) {
    throw new AppError(
      "validation_failed",
      "Some of these values may not be changed while approving.",
      foreign.map((path) => ({
        code: "not_editable",
        path: `edits.${path}`,
        message: `${path} is not among the values this approval allows to change.`,
      })),
    );
  }
}

/** What to lay over the run's input; refused when the input would not fit the workflow any more. */
async function readEdits(
  { organizationId }: Actor,
  edits: JsonObject,
  { row, versionId, spec }: { row: { runId: string; key: string }; versionId: string; spec: Json },
): Promise<{ patch: JsonObject; changes: ReturnType<typeof changesOf> }> {
  if (Object.keys(edits).length === 0) return { patch: {}, changes: [] };
  const run = await findRunInput(organizationId, row.runId);
  if (!run) throw notFound();
  // Versions are written only after validation against the same schema.
  const { inputSchema = null } = spec as unknown as Spec;
  const before = currentInput(run);
  const { patch, problems } = await inputEdits(organizationId, edits, before, inputSchema);
  if (problems.length > 0)
    throw new AppError("validation_failed", "The edited input does not fit this workflow.", problems);
  await requireWayKeptByEdits({ id: row.runId, organizationId, versionId }, row.key, { before, values: patch });
  return { patch, changes: changesOf(edits, before) };
}
