import type { WorkflowDetail, WorkflowListItem } from "@/core/contracts/workflow";
import type { Json } from "@/core/json";
import { isJsonObject } from "@/core/json-guard";
import { specGraph } from "@/core/workflow/graph";
import type { Issue } from "@/core/workflow/document";
import { hasScope, requireScope, type Actor, type OrganizationId } from "@/server/db/tenant";
import { memberNames } from "@/server/modules/directory/service";
import { stepDefinitions } from "@/steps/definitions";
import { checkWorkflow } from "./check";
import { checkedParts, readVersion } from "./document";
import * as repository from "./repository";
import type { WorkflowRow } from "./repository";
import { getWorkflow } from "./service";
import { countRuns, findUpcoming, listHeadTriggers, runActivity } from "./store";
import { readStatus } from "./wire";

const dayMs = 86_400_000;
const activityDays = 14;
const formerMember = "Somebody who left";
const allWorkflows = { limit: 1000, offset: 0 };

/** Every workflow with what it did in the last two weeks. */
export async function workflowOverview(actor: Actor, now = Date.now()): Promise<WorkflowListItem[]> {
  requireScope(actor, "workflows:read");
  const rows = await repository.listWorkflows(actor.organizationId, {}, allWorkflows);
  return listItems(actor.organizationId, rows, now);
}

/** A workflow's own page. */
export async function workflowDetail(actor: Actor, idOrSlug: string, now = Date.now()): Promise<WorkflowDetail> {
  const { workflow, head } = await getWorkflow(actor, idOrSlug);
  const { organizationId } = actor;
  const live =
    workflow.publishedVersion === null
      ? null
      : await repository.findVersion(organizationId, workflow.id, workflow.publishedVersion);
  const { spec, triggers, config } = readVersion(head);
  const [[item], versions, issues] = await Promise.all([
    listItems(organizationId, [workflow], now),
    describeVersions(actor, workflow),
    checkWorkflow(actor, checkedParts(head)),
  ]);
  if (!item) throw new Error("a list of one workflow was empty");
  return {
    ...item,
    triggers,
    config,
    graph: specGraph(spec, stepDefinitions),
    issues: issues.map(fromSpec),
    versions,
    inputSchema: (live ? readVersion(live).spec : spec).inputSchema ?? null,
    may: {
      start: hasScope(actor, "runs:start"),
      edit: hasScope(actor, "workflows:write"),
      publish: hasScope(actor, "workflows:publish"),
    },
    retentionDays: workflow.retentionDays,
    reviewRequired: workflow.reviewRequired,
  };
}

export async function describeVersions(actor: Actor, workflow: WorkflowRow): Promise<WorkflowDetail["versions"]> {
  const [rows, names, open] = await Promise.all([
    repository.listVersions(actor.organizationId, workflow.id),
    memberNames(actor.organizationId),
    repository.countOpenRuns(actor.organizationId, [workflow.id]),
  ]);
  return rows.map((row) => ({
    number: row.number,
    note: row.note,
    isCurrent: row.number === workflow.publishedVersion,
    author: names.get(row.createdById) ?? formerMember,
    createdAt: row.createdAt.toISOString(),
    publishedAt: row.publishedAt?.toISOString() ?? null,
    openRuns: open.find(({ version }) => version === row.number)?.runs ?? 0,
  }));
}

/** Types of the triggers of each workflow's head. */
export async function headTriggerTypes(
  organizationId: OrganizationId,
  rows: readonly WorkflowRow[],
): Promise<Map<string, string[]>> {
  const triggers = await listHeadTriggers(
    organizationId,
    rows.map(({ id }) => id),
  );
  return new Map([...triggers].map(([id, list]) => [id, typesOf(list)]));
}

async function listItems(
  organizationId: OrganizationId,
  rows: readonly WorkflowRow[],
  now: number,
): Promise<WorkflowListItem[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const today = Math.floor(now / dayMs) * dayMs;
  const since = new Date(today - (activityDays - 1) * dayMs);
  const [triggers, executions, open, activity, upcoming, names] = await Promise.all([
    headTriggerTypes(organizationId, rows),
    countRuns(organizationId, ids),
    repository.countOpenRuns(organizationId, ids),
    runActivity(organizationId, ids, since),
    findUpcoming(organizationId, ids),
    memberNames(organizationId),
  ]);
  const days = Array.from({ length: activityDays }, (_, index) =>
    new Date(since.getTime() + index * dayMs).toISOString().slice(0, 10),
  );
  const byDay = new Map(activity.map((row) => [`${row.workflowId} ${row.day}`, row]));
  const upcomingOf = new Map(upcoming.map((row) => [row.workflowId, row]));
  return rows.map((row) => ({
    id: row.id,
    slug: row.slug,
    name: row.name,
    description: row.description,
    status: readStatus(row.status),
    enabled: row.enabled,
    triggerTypes: triggers.get(row.id) ?? [],
    headVersion: row.headVersion,
    publishedVersion: row.publishedVersion,
    executions: executions.get(row.id) ?? 0,
    activity: days.map((day) => {
      const { completed = 0, failed = 0, other = 0 } = byDay.get(`${row.id} ${day}`) ?? {};
      return { day, completed, failed, other };
    }),
    openRuns: open.filter(({ workflowId }) => workflowId === row.id).reduce((sum, { runs }) => sum + runs, 0),
    updatedAt: row.updatedAt.toISOString(),
    folder: row.folder,
    tags: row.tags,
    owner: { id: row.ownerId, name: names.get(row.ownerId) ?? formerMember },
    hasDraft: upcomingOf.get(row.id)?.hasDraft ?? false,
    // A switched off workflow's schedules pass without a start.
    nextRunAt: row.enabled ? (upcomingOf.get(row.id)?.nextRunAt?.toISOString() ?? null) : null,
  }));
}

function typesOf(triggers: Json): string[] {
  if (!Array.isArray(triggers)) return [];
  return triggers.flatMap((trigger) =>
    isJsonObject(trigger) && typeof trigger["type"] === "string" ? [trigger["type"]] : [],
  );
}

/** The page shows findings beside the drawing of the spec: paths start there. */
function fromSpec(issue: Issue): Issue {
  return { ...issue, path: issue.path.replace(/^spec\.?/, "") };
}
