import type { RunDetail, RunListItem } from "@/core/contracts/run";
import type { Spec } from "@/core/workflow/document";
import { byCreation, listPage, type Page, type PageRequest } from "@/server/api/rest/list-page";
import { hasScope, requireScope, type Actor, type OrganizationId } from "@/server/db/tenant";
import { nameRefs } from "@/server/modules/directory/service";
import { namesAround } from "./names-around";
import { listItem, runDetail } from "./read-model";
import {
  findVersion,
  findWorkflows,
  listOpenWaitpoints,
  listRunCallbacks,
  listRunEvents,
  listRuns,
  type RunFilter,
} from "./repository";
import { maskOfRun, masksOfRuns, noMask } from "./sensitive";
import { isInRepair } from "./repair-store";
import { listShownSteps } from "./step-store";
import { withAddresses, withoutAddresses, type AddressChoice } from "./shown-addresses";
import { searchRuns } from "./search-store";
import { visibleRun } from "./visible-run";

export { masksOfRuns, noMask, type Mask } from "./sensitive";
export { auditedValues } from "./audited-values";
export { arrivedShown } from "./arrived-values";
export { coveredAt, coverOf, hiddenMark, maskedAt } from "./sensitive-paths";
export { coveredAnswers, sensitiveFields } from "./form-secrets";
export { loadVersion } from "./load-version";
export { recordedResults, runStepsBrief, runVersionSpec, workflowRefs } from "./brief";
export { openWaitpointOf, passTime } from "./rehearsal";
export { isAsleep } from "./asleep";
export { runStore } from "./run-store";
export { callbackObject, runObject, stepObject } from "./wire";
export { startVersion, startWorkflow, type CallProof } from "./start";
export { scheduleGroup } from "./run-group";
export { findRunOutcome, outcomeIn, type RunOutcome } from "./outcome-store";
export { inNameOf } from "./asked-of";
export { findDeputies, type Deputy } from "./deputies-store";
export { submitForm } from "./forms";
export { formOfCustomer, formOfMember, formOfPage, type FileForm } from "./file-form";
export { fileOfRun } from "./file-of-run";
export { getForm } from "./get-form";
export { isFormPage } from "./form-page";
export { formAddress } from "./form-address";
export { noteFormsShown } from "./shown-store";
export { readHandoff, resolveHandoff } from "./handoffs";
export { searchRuns } from "./search-store";
export { visibleRun } from "./visible-run";
export { controlRun } from "./control";
export { withdrawRun } from "./withdraw";
export { isWithdrawn, withdrawalReason, type Withdrawer } from "./withdrawn";
export { shownInput } from "./read-model";
export { newsKeyOf, runOfNewsKey, runOfTracking, trackingAddress, trackingUrl } from "./tracking-address";
export { correctable } from "./correctable";
export { goOnOf } from "./go-on";
export { stepOf } from "./step-reads";
export { requireWayKeptByEdits } from "./way-kept";
export { readUndecidable } from "./undecidable";
export { requireChoice } from "./handoff-question";
export { giveDecision, resolveOrRefuse, resolveWaitpoint, takeBackDecision, type Resolved } from "./waitpoints";

/** Runs an actor may see: the organization's with `runs:read:all`, else their own. Newest first. */
export async function listRunsFor(
  actor: Actor,
  { q, ...filter }: RunFilter & { q?: string },
  page: PageRequest,
): Promise<Page<RunListItem>> {
  requireScope(actor, "runs:read");
  const mine = hasScope(actor, "runs:read:all") || actor.userId === null ? {} : { ownerId: actor.userId };
  const found = q ? { ids: await searchRuns(actor.organizationId, q) } : {};
  const { items: shown, nextCursor } = await listPage(page, byCreation, (slice) =>
    listRuns(actor.organizationId, { ...filter, ...mine, ...found }, slice),
  );
  const [workflows, open, masks] = await Promise.all([
    findWorkflows(actor.organizationId, [...new Set(shown.map((row) => row.workflowId))]),
    listOpenWaitpoints(shown.filter((row) => row.endedAt === null).map((row) => row.id)),
    masksOfRuns(
      actor.organizationId,
      shown.map((row) => row.id),
    ),
  ]);
  const names = await namesOf(
    actor.organizationId,
    open.flatMap((waitpoint) => waitpoint.assignees),
  );
  const items = shown.map((row) =>
    listItem(
      row,
      workflows.get(row.workflowId),
      open.filter((waitpoint) => waitpoint.runId === row.id),
      names,
      masks.get(row.id) ?? noMask,
    ),
  );
  return { items, nextCursor };
}

/** Those of these runs that there are and the actor may see. */
export async function runsByIds(actor: Actor, ids: readonly string[]): Promise<RunListItem[]> {
  if (ids.length === 0) return [];
  return (await listRunsFor(actor, { ids }, { limit: ids.length, offset: 0 })).items;
}

/** A long run's page shows the latest; all of them are read in pages. */
const shownEvents = 1_000;

/**
 * One run with everything that explains it. 404 for what does not exist, belongs to another organization, or may not be seen.
 * `addresses`: with those that its waits can be answered at, for who may know them.
 */
export async function getRun(
  actor: Actor,
  idText: string,
  { addresses = false }: AddressChoice = {},
): Promise<RunDetail> {
  requireScope(actor, "runs:read");
  const row = await visibleRun(actor, idText);
  const [version, rows, events, open, workflows, callbacks, repair] = await Promise.all([
    findVersion(actor.organizationId, row.versionId),
    listShownSteps(row.id),
    listRunEvents(row.id, { last: shownEvents }),
    row.endedAt === null ? listOpenWaitpoints([row.id]) : [],
    findWorkflows(actor.organizationId, [row.workflowId]),
    row.callbackUrl === null ? [] : listRunCallbacks(actor.organizationId, row.id),
    row.status === "failed" && !row.test && isInRepair(actor.organizationId, row.id),
  ]);
  if (!version) throw new Error(`Run ${row.id} points at version ${row.versionId}, which does not exist`);
  // Written only after validation against the same schema.
  const spec = version.spec as unknown as Spec;
  const [names, mask] = await Promise.all([namesAround(actor.organizationId, open), maskOfRun(spec, row)]);
  const detail = runDetail({
    row,
    workflow: workflows.get(row.workflowId),
    spec,
    steps: rows.rows,
    moreSteps: rows.more,
    callbacks,
    events,
    open,
    names,
    mask,
    repair,
  });
  const steps = addresses ? await withAddresses(actor, row.id, detail.steps) : withoutAddresses(actor, detail.steps);
  const mayReveal = detail.mayReveal && hasScope(actor, "runs:reveal");
  return hasScope(actor, "runs:control")
    ? { ...detail, steps, mayReveal }
    : { ...detail, steps, mayReveal, allowed: [], mayRestore: false, repair: false };
}

async function namesOf(organizationId: OrganizationId, refs: readonly string[]): Promise<ReadonlyMap<string, string>> {
  return refs.length === 0 ? new Map() : nameRefs(organizationId, [...new Set(refs)]);
}
