import type { ApprovalContext, ApprovalItem } from "@/core/contracts/approval";
import type { Json } from "@/core/json";
import { listPage, type Page, type PageRequest } from "@/server/api/rest/list-page";
import { systemActor } from "@/server/auth/actor";
import { hasScope, requireScope, type Actor, type OrganizationId } from "@/server/db/tenant";
import { assigneeRefsOf } from "@/server/modules/directory/service";
import { loadVersion, masksOfRuns, noMask, runStepsBrief } from "@/server/modules/runs/service";
import { toItems } from "./approval-items";
import { decisionRecord } from "./decision-record";
import { editableValues } from "./editable";
import { currentInput } from "./edits";
import { existingApproval, notFound } from "./existing-approval";
import { factLines, heldLabel } from "./held-values";
import { approvalOrders } from "./list-order";
import { maskedValue } from "./masked-card";
import {
  findApprovals,
  findCustomer,
  findRunInput,
  listApprovals,
  listApprovalsOfRun,
  listConversationMessages,
  listRunFacts,
} from "./repository";
import { readApprovalRequest } from "./request";
import { findClosing } from "./store";
import { consequencesOf } from "./what-follows";

export { decideApproval, undoDecision } from "./decide";
export { decideMany, previewMany, undoMany } from "./decide-many";
export { answerQuestion, askBack } from "./ask-back";
export { delegateApproval, listDelegates, takeBackDelegation } from "./delegate";
export { approvalOrders } from "./list-order";
export type { ApprovalPosition } from "./repository";
export { readApprovalRequest } from "./request";
export { reassignApproval } from "./reassign";
export { timesAfterAnswer } from "./time-after-answer";
export { listUndecidable } from "./undecidable";

/** What this person may decide (or, decided ones, could have decided), or all of the organization. */
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

/** Those of these ids that there are. */
export async function approvalItems(actor: Actor, ids: readonly string[]): Promise<ApprovalItem[]> {
  requireScope(actor, "approvals:read");
  return ids.length === 0 ? [] : toItems(actor, await findApprovals(actor.organizationId, ids));
}

/** The card as those see it who only look: what is sensitive is hidden. For what the product tells people by itself. */
export async function plainApprovalCard(organizationId: OrganizationId, id: string): Promise<ApprovalItem | null> {
  const [item] = await toItems(systemActor(organizationId), await findApprovals(organizationId, [id]));
  return item ?? null;
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
  const mayChange = item.canDecide && item.decisionsNeeded === 1 && request.policy.editable.length > 0;
  const [version, steps, customer, messages, closing, given] = await Promise.all([
    loadVersion(actor.organizationId, run.versionId),
    runStepsBrief(row.runId),
    run.contactId === null ? null : findCustomer(actor.organizationId, run.contactId),
    request.conversation && run.conversationId !== null
      ? listConversationMessages(actor.organizationId, run.conversationId)
      : null,
    row.status === "open" || row.resolvedByName !== null ? null : findClosing(actor.organizationId, row.id),
    mayChange ? findRunInput(actor.organizationId, row.runId) : null,
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
    isPaused: run.status === "paused",
    editable:
      given === null
        ? []
        : editableValues(request.policy.editable, {
            schema: version.spec.inputSchema ?? null,
            input: currentInput(given),
            label: (path) => heldLabel(version, path),
          }),
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
