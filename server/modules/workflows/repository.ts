import type { Json, JsonObject } from "@/core/json";
import { prisma, type Prisma } from "@/server/db/client";
import { createdBefore, type Slice, type TimePosition } from "@/server/db/slice";
import type { OrganizationId } from "@/server/db/tenant";
import type { Transaction } from "@/server/db/transaction";

const workflowColumns = {
  id: true,
  slug: true,
  name: true,
  description: true,
  status: true,
  enabled: true,
  whileDraft: true,
  headVersion: true,
  publishedVersion: true,
  ownerId: true,
  folder: true,
  tags: true,
  retentionDays: true,
  reviewRequired: true,
  createdAt: true,
  updatedAt: true,
} as const;
const versionColumns = {
  id: true,
  number: true,
  spec: true,
  source: true,
  triggers: true,
  config: true,
  note: true,
  createdById: true,
  createdAt: true,
  publishedAt: true,
} as const;

export type WorkflowRow = Prisma.WorkflowGetPayload<{ select: typeof workflowColumns }>;
export type VersionRow = Prisma.WorkflowVersionGetPayload<{ select: typeof versionColumns }>;

export interface NewVersion {
  id: string;
  organizationId: OrganizationId;
  workflowId: string;
  number: number;
  spec: JsonObject;
  source: JsonObject;
  triggers: Json[];
  config: JsonObject;
  note: string;
  createdById: string;
}

export function listWorkflows(
  organizationId: OrganizationId,
  filter: { status?: string },
  page: Slice<TimePosition>,
): Promise<WorkflowRow[]> {
  return prisma().workflow.findMany({
    where: {
      organizationId,
      archivedAt: null,
      ...(filter.status === undefined ? {} : { status: filter.status }),
      ...createdBefore(page.after),
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: page.limit,
    skip: page.offset,
    select: workflowColumns,
  });
}

export function findWorkflow(
  organizationId: OrganizationId,
  by: { id: string } | { slug: string },
): Promise<WorkflowRow | null> {
  return prisma().workflow.findFirst({ where: { organizationId, archivedAt: null, ...by }, select: workflowColumns });
}

/** Holds the row until the transaction ends, so that changes of one workflow come one after another. Null when it is gone. */
export async function lockWorkflow(
  tx: Transaction,
  organizationId: OrganizationId,
  id: string,
): Promise<WorkflowRow | null> {
  await tx.$queryRaw`select 1 from workflows where id = ${id}::uuid for update`;
  return tx.workflow.findFirst({ where: { organizationId, archivedAt: null, id }, select: workflowColumns });
}

/** Have a default. */
type OrganizingField = "folder" | "tags" | "retentionDays";

/** False when the slug is taken. */
export async function insertWorkflow(
  tx: Transaction,
  row: Omit<WorkflowRow, "createdAt" | "updatedAt" | "publishedVersion" | OrganizingField> & {
    organizationId: OrganizationId;
  },
): Promise<boolean> {
  const { count } = await tx.workflow.createMany({ data: [row], skipDuplicates: true });
  return count === 1;
}

export type WorkflowFields = Partial<Omit<WorkflowRow, "id" | "createdAt" | "updatedAt">> & { archivedAt?: Date };

/** Only inside a transaction that holds the row. */
export function updateWorkflow(tx: Transaction, id: string, fields: WorkflowFields): Promise<WorkflowRow> {
  return tx.workflow.update({ where: { id }, data: fields, select: workflowColumns });
}

export async function isSlugTaken(
  organizationId: OrganizationId,
  slug: string,
  tx: Transaction = prisma(),
): Promise<boolean> {
  return (await tx.workflow.count({ where: { organizationId, slug } })) > 0;
}

export async function insertVersion(tx: Transaction, version: NewVersion & { publishedAt?: Date }): Promise<void> {
  await tx.workflowVersion.create({ data: version, select: { id: true } });
}

/** A version with a number: those below one are frozen drafts of tests. */
export async function findVersion(
  organizationId: OrganizationId,
  workflowId: string,
  number: number,
  tx: Transaction = prisma(),
): Promise<VersionRow | null> {
  if (number < 1) return null;
  return tx.workflowVersion.findFirst({ where: { organizationId, workflowId, number }, select: versionColumns });
}

export async function markPublished(
  tx: Transaction,
  versionId: string,
  fields: { publishedAt: Date; note?: string },
): Promise<void> {
  await tx.workflowVersion.update({ where: { id: versionId }, data: fields, select: { id: true } });
}

export function listVersions(organizationId: OrganizationId, workflowId: string) {
  const { spec: _spec, source: _source, triggers: _triggers, config: _config, ...columns } = versionColumns;
  return prisma().workflowVersion.findMany({
    where: { organizationId, workflowId, number: { gt: 0 } },
    orderBy: { number: "desc" },
    select: columns,
  });
}

/** Runs that have not ended, by workflow and version. Test runs left out, as in every count that people see. */
export async function countOpenRuns(
  organizationId: OrganizationId,
  workflowIds: readonly string[],
  tx: Transaction = prisma(),
): Promise<{ workflowId: string; version: number; runs: number }[]> {
  const rows = await tx.run.groupBy({
    by: ["workflowId", "version"],
    where: { organizationId, workflowId: { in: [...workflowIds] }, endedAt: null, test: false },
    _count: { _all: true },
  });
  return rows.map((row) => ({ workflowId: row.workflowId, version: row.version, runs: row._count._all }));
}

/** Tells open pages that a workflow changed. */
export async function announce(tx: Transaction, organizationId: OrganizationId): Promise<void> {
  await tx.$queryRaw`select pg_notify('hp_live', ${JSON.stringify({ organizationId, kinds: ["workflow"] })})::text`;
}

const triggerColumns = {
  id: true,
  triggerId: true,
  type: true,
  tokenSealed: true,
  secretSealed: true,
  hadSecret: true,
  askedSecretSealed: true,
  askedSecretBy: true,
  askedSecretAt: true,
  definition: true,
  isLive: true,
  nextAt: true,
  lastAt: true,
} as const;
export type TriggerRow = Prisma.ActiveTriggerGetPayload<{ select: typeof triggerColumns }>;

export function listTriggers(
  organizationId: OrganizationId,
  workflowId: string,
  tx: Transaction = prisma(),
): Promise<TriggerRow[]> {
  return tx.activeTrigger.findMany({ where: { organizationId, workflowId }, select: triggerColumns });
}

export interface NewTrigger {
  id: string;
  organizationId: OrganizationId;
  workflowId: string;
  triggerId: string;
  type: string;
  eventName: string | null;
  tokenHash?: string;
  tokenSealed?: string;
  nextAt?: Date | null;
  isLive: boolean;
  definition: JsonObject;
}

export async function insertTriggers(tx: Transaction, triggers: readonly NewTrigger[]): Promise<void> {
  // Two pages that open a draft at once give its triggers one address.
  if (triggers.length > 0) await tx.activeTrigger.createMany({ data: [...triggers], skipDuplicates: true });
}

export async function updateTrigger(
  tx: Transaction,
  id: string,
  fields: Omit<Prisma.ActiveTriggerUncheckedUpdateInput, "id" | "organizationId" | "workflowId">,
): Promise<void> {
  await tx.activeTrigger.update({ where: { id }, data: fields, select: { id: true } });
}

/** Takes away what makes triggers fire; what they are reached by stays. */
export async function silenceRows(tx: Transaction, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.activeTrigger.updateMany({
    where: { id: { in: [...ids] } },
    data: { isLive: false, eventName: null, nextAt: null },
  });
}

/** Tells the worker to look at the schedules again. */
export async function announceSchedules(tx: Transaction): Promise<void> {
  await tx.$queryRaw`select pg_notify('hp_schedules', '')::text`;
}
