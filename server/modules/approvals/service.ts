import type { ApprovalContext, ApprovalItem } from "@/core/contracts/approval";
import { AppError } from "@/core/errors";
import type { Json, JsonObject } from "@/core/json";
import type { Spec } from "@/core/workflow/document";
import { listPage, type Page, type PageRequest } from "@/server/api/rest/list-page";
import { standingFacts } from "@/server/auth/standing";
import { hasScope, requireScope, type Actor, type UserActor } from "@/server/db/tenant";
import { assigneeRefsOf } from "@/server/modules/directory/service";
import {
  auditedValues,
  loadVersion,
  masksOfRuns,
  noMask,
  requireWayKeptByEdits,
  resolveWaitpoint,
  runStepsBrief,
  runVersionSpec,
} from "@/server/modules/runs/service";
import { decisionRecord } from "./decision-record";
import { approvalOrders } from "./list-order";
import { currentInput, inputEdits } from "./edits";
import { maskedValue } from "./masked-card";
import { policyOf, refusalOf, requesterOf, toItems } from "./approval-items";
import { needsTwoPeople } from "./policy";
import { alreadyDecided, existingApproval, notFound } from "./existing-approval";
import { refusedDecision } from "./refused-decision";
import { principalOf } from "./principal";
import { readApprovalRequest } from "./request";
import {
  countOpenApprovals,
  findCustomer,
  findRunInput,
  listApprovals,
  listApprovalsOfRun,
  listConversationMessages,
  listRunFacts,
} from "./repository";
import { findClosing, findRequesters } from "./store";
import { factLines, heldLabel } from "./held-values";
import { consequencesOf } from "./what-follows";

export { readApprovalRequest } from "./request";
export { reassignApproval } from "./reassign";
export { listUndecidable } from "./undecidable";

export interface Decision {
  decision: "approved" | "rejected";
  comment?: string;
  messageToRequester?: string;
  /** `input.*` paths the policy allows to change. */
  edits?: JsonObject;
  /** E-mail address of the colleague in whose name it is decided; needs the scope `approvals:decide:any`. */
  onBehalfOf?: string;
  via: "ui" | "api";
}

/** The inbox: what this person may decide (or, decided ones, could have decided). */
export async function listApprovalsFor(
  actor: Actor,
  query: PageRequest & { view: "pending" | "decided"; all?: boolean; runId?: string },
): Promise<Page<ApprovalItem>> {
  requireScope(actor, "approvals:read");
  const refs = query.all ? null : await assigneeRefsOf(actor);
  const page = await listPage(query, approvalOrders[query.view], (slice) =>
    listApprovals(actor.organizationId, { ...query, refs }, slice),
  );
  return { ...page, items: await toItems(actor, page.items) };
}

export async function countPending(actor: Actor): Promise<number> {
  requireScope(actor, "approvals:read");
  return countOpenApprovals(actor.organizationId, await assigneeRefsOf(actor));
}

/** As many as are worth a page; the rest is counted and read in pages. */
export async function approvalsOfRun(
  actor: Actor,
  runId: string,
): Promise<{ approvals: ApprovalItem[]; more: number }> {
  requireScope(actor, "runs:read");
  const { rows, count } = await listApprovalsOfRun(actor.organizationId, runId, 100);
  return { approvals: await toItems(actor, rows), more: count - rows.length };
}

/** The card unfolded: everything a person needs to decide without opening the run. */
export async function getApproval(actor: Actor, idText: string): Promise<ApprovalContext> {
  requireScope(actor, "approvals:read");
  const row = await existingApproval(actor, idText);
  const whole = hasScope(actor, "approvals:decide");
  const [item] = await toItems(actor, [row], { whole });
  const [run] = await listRunFacts(actor.organizationId, [row.runId]);
  if (!item || !run) throw notFound();
  const request = readApprovalRequest(row.request);
  const mask = (await masksOfRuns(actor.organizationId, [row.runId])).get(row.runId) ?? noMask;
  const shown = (path: string, value: Json): Json => (whole ? value : maskedValue(path, value, mask));
  const [version, steps, customer, messages, closing] = await Promise.all([
    loadVersion(actor.organizationId, run.versionId),
    runStepsBrief(row.runId),
    run.contactId === null ? null : findCustomer(actor.organizationId, run.contactId),
    request.conversation && run.conversationId !== null
      ? listConversationMessages(actor.organizationId, run.conversationId)
      : null,
    row.status === "open" || row.resolvedByName !== null ? null : findClosing(actor.organizationId, row.id),
  ]);
  return {
    ...item,
    fields: item.fields.length > 0 ? item.fields : factLines(version, request.facts, shown),
    customer,
    conversation:
      messages && run.conversationId !== null
        ? {
            id: run.conversationId,
            messages: messages
              .reverse()
              .map(({ createdAt, ...message }) => ({ ...message, at: createdAt.toISOString() })),
          }
        : null,
    bound: request.bound.map(({ path, value }) => ({
      path,
      label: heldLabel(version, path),
      value: shown(path, value),
    })),
    // Whoever may not decide is not shown the values of the run in it: some may be sensitive.
    whatHappensNext: consequencesOf(version.plan, row.nodeId, whole ? (request.consequences ?? null) : null),
    // The author shows these to nobody in particular, so what is sensitive stays hidden from who decides too.
    steps: steps.map(({ nodeId, ...step }) => ({
      ...step,
      summary: step.summary === null ? null : (mask.secrets.steps.get(nodeId)?.summary ?? mask(step.summary)),
    })),
    record: decisionRecord(row, request, closing, {
      text: whole ? noMask : mask,
      value: shown,
      label: (path) => heldLabel(version, path),
    }),
  };
}

/**
 * Decides: authority is read now, then one compare-and-set. The loser learns who was first. Where two people must approve, the
 * first one's word is kept and the approval stays pending.
 */
export async function decideApproval(
  actor: UserActor,
  idText: string,
  decision: Decision,
): Promise<ApprovalItem & { next: string[] | null }> {
  requireScope(actor, "approvals:decide");
  const row = await existingApproval(actor, idText);
  const [run] = await listRunFacts(actor.organizationId, [row.runId]);
  if (!run) throw notFound();
  const request = readApprovalRequest(row.request);
  if (row.status !== "open") throw alreadyDecided(row);
  if (decision.onBehalfOf !== undefined) requireScope(actor, "approvals:decide:any");
  const principal =
    decision.onBehalfOf === undefined ? undefined : await principalOf(actor.organizationId, decision.onBehalfOf);
  const requesters = await findRequesters(actor.organizationId, [row.runId]);
  const refusal = await refusalOf(actor, row, run, { onBehalfOf: principal, requesters });
  if (refusal) throw new AppError(refusal.code, refusal.message);
  checkDecision(decision, request.policy);
  const isOneOfTwo =
    decision.decision === "approved" && needsTwoPeople(policyOf(row, run), requesterOf(row, requesters));
  if (isOneOfTwo && Object.keys(decision.edits ?? {}).length > 0) throw editsByTwo();
  const spec = await runVersionSpec(actor.organizationId, run.versionId);
  const edits = await readEdits(actor, decision.edits ?? {}, { row, versionId: run.versionId, spec });
  const result = await resolveWaitpoint({
    organizationId: actor.organizationId,
    waitpointId: row.id,
    outcome: decision.decision,
    action: `approval.${decision.decision}`,
    actor,
    ...(principal === undefined ? {} : { shownAs: `${actor.name} for ${principal.name}` }),
    via: decision.via,
    auditedEdits: await auditedValues(actor.organizationId, row.runId, edits),
    asked: {
      ...standingFacts(actor, decision.onBehalfOf === undefined ? "approvals:decide" : "approvals:decide:any"),
      assignees: row.assignees,
      principal: principal?.userId ?? null,
    },
    ...(isOneOfTwo ? { people: [actor.userId, principal?.userId ?? null].filter((id) => id !== null) } : {}),
    resolution: {
      decision: decision.decision,
      comment: decision.comment ?? null,
      messageToRequester: decision.messageToRequester ?? null,
      edits,
      ...(principal === undefined
        ? {}
        : { onBehalfOf: { id: principal.userId, name: principal.name, email: principal.email } }),
    },
  });
  const after = await existingApproval(actor, idText);
  if (!result.ok) throw await refusedDecision(actor, after, result);
  const [item] = await toItems(actor, [after]);
  if (!item) throw notFound();
  const { plan } = await loadVersion(actor.organizationId, run.versionId);
  const next = consequencesOf(plan, row.nodeId, request.consequences ?? null);
  return {
    ...item,
    next: result.isFirst ? null : next[decision.decision],
  };
}

/** The second would approve what the first one changed without having been shown it. */
function editsByTwo(): AppError {
  return new AppError(
    "validation_failed",
    "Two people must approve this, so nothing can be changed while approving. Reject it, and ask again with the right values.",
  );
}

function checkDecision(decision: Decision, policy: ReturnType<typeof readApprovalRequest>["policy"]): void {
  if (policy.commentRequiredOn.includes(decision.decision) && !decision.comment?.trim()) {
    throw new AppError("comment_required", "This decision needs a comment. Write why, then decide again.", [
      { code: "comment_required", path: "comment", message: "Write why." },
    ]);
  }
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
): Promise<JsonObject> {
  if (Object.keys(edits).length === 0) return {};
  const run = await findRunInput(organizationId, row.runId);
  if (!run) throw notFound();
  // Versions are written only after validation against the same schema.
  const { inputSchema = null } = spec as unknown as Spec;
  const before = currentInput(run);
  const { patch, problems } = await inputEdits(organizationId, edits, before, inputSchema);
  if (problems.length > 0)
    throw new AppError("validation_failed", "The edited input does not fit this workflow.", problems);
  await requireWayKeptByEdits({ id: row.runId, organizationId, versionId }, row.key, { before, values: patch });
  return patch;
}
