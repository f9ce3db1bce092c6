import type { JsonObject } from "@/core/json";
import { prisma, type Prisma } from "@/server/db/client";
import type { OrganizationId } from "@/server/db/tenant";
import type { Transaction } from "@/server/db/transaction";

const placeColumns = {
  id: true,
  slug: true,
  name: true,
  description: true,
  folder: true,
  tags: true,
  ownerId: true,
} as const;
export type PlacedWorkflow = Prisma.WorkflowGetPayload<{ select: typeof placeColumns }>;

/** Holds the row until the transaction ends. */
export async function lockPlaced(
  tx: Transaction,
  organizationId: OrganizationId,
  slug: string,
): Promise<PlacedWorkflow | null> {
  await tx.$queryRaw`select 1 from workflows where organization_id = ${organizationId}::uuid and slug = ${slug} for update`;
  return tx.workflow.findFirst({ where: { organizationId, slug, archivedAt: null }, select: placeColumns });
}

export async function updatePlaced(
  tx: Transaction,
  id: string,
  fields: Partial<Omit<PlacedWorkflow, "id" | "slug">>,
): Promise<void> {
  await tx.workflow.update({ where: { id }, data: fields, select: { id: true } });
}

export function findPlaced(organizationId: OrganizationId, id: string): Promise<PlacedWorkflow | null> {
  return prisma().workflow.findFirst({ where: { organizationId, id }, select: placeColumns });
}

/** Parts of a version or a draft, as they are stored. */
const partColumns = { spec: true, source: true, triggers: true, config: true } as const;
export type StoredParts = Prisma.WorkflowVersionGetPayload<{ select: typeof partColumns }>;

export function findVersionParts(
  organizationId: OrganizationId,
  workflowId: string,
  number: number,
): Promise<StoredParts | null> {
  return prisma().workflowVersion.findFirst({ where: { organizationId, workflowId, number }, select: partColumns });
}

export function findDraftParts(organizationId: OrganizationId, workflowId: string): Promise<StoredParts | null> {
  return prisma().workflowDraft.findFirst({ where: { organizationId, workflowId }, select: partColumns });
}

export function listSamples(
  organizationId: OrganizationId,
  workflowId: string,
): Promise<{ name: string; input: Prisma.JsonValue }[]> {
  return prisma().testSample.findMany({
    where: { organizationId, workflowId },
    orderBy: { createdAt: "asc" },
    select: { name: true, input: true },
  });
}

export interface NewSample {
  id: string;
  organizationId: OrganizationId;
  workflowId: string;
  name: string;
  input: JsonObject;
  createdById: string;
}

export async function insertSamples(tx: Transaction, samples: readonly NewSample[]): Promise<void> {
  if (samples.length > 0) await tx.testSample.createMany({ data: [...samples] });
}

const trashedColumns = {
  id: true,
  organizationId: true,
  slug: true,
  name: true,
  description: true,
  headVersion: true,
  publishedVersion: true,
  reviewRequired: true,
  archivedAt: true,
} as const;
export type TrashedRow = Prisma.WorkflowGetPayload<{ select: typeof trashedColumns }>;

export function listTrashed(organizationId: OrganizationId): Promise<TrashedRow[]> {
  return prisma().workflow.findMany({
    where: { organizationId, archivedAt: { not: null } },
    orderBy: [{ archivedAt: "desc" }, { id: "desc" }],
    select: trashedColumns,
  });
}

export async function lockTrashed(
  tx: Transaction,
  organizationId: OrganizationId,
  id: string,
): Promise<TrashedRow | null> {
  await tx.$queryRaw`select 1 from workflows where id = ${id}::uuid for update`;
  return tx.workflow.findFirst({ where: { organizationId, id, archivedAt: { not: null } }, select: trashedColumns });
}

export function findTrashed(organizationId: OrganizationId, id: string): Promise<TrashedRow | null> {
  return prisma().workflow.findFirst({
    where: { organizationId, id, archivedAt: { not: null } },
    select: trashedColumns,
  });
}

/** False when the slug was taken a moment ago. */
export async function takeOutOfTrash(
  tx: Transaction,
  id: string,
  fields: { slug: string; status: string; reviewRequired: boolean },
): Promise<boolean> {
  const taken = await tx.$executeRaw`
    update workflows set archived_at = null, slug = ${fields.slug}, status = ${fields.status},
      review_required = ${fields.reviewRequired}, updated_at = now()
    where id = ${id}::uuid and not exists (
      select 1 from workflows other
      where other.organization_id = workflows.organization_id and other.slug = ${fields.slug} and other.id <> workflows.id)`;
  return taken === 1;
}

/** Of all organizations, those that lay in the trash since before the time and have no runs but tests. */
export function listOverdueTrash(before: Date, limit: number): Promise<{ id: string; organizationId: string }[]> {
  return prisma().$queryRaw`
    select w.id, w.organization_id as "organizationId" from workflows w
    where w.archived_at < ${before} and not exists (select 1 from runs r where r.workflow_id = w.id and not r.test)
    order by w.archived_at limit ${limit}`;
}

export function listTriggersOf(
  tx: Transaction,
  workflowId: string,
  number: number,
): Promise<{ triggers: Prisma.JsonValue } | null> {
  return tx.workflowVersion.findFirst({ where: { workflowId, number }, select: { triggers: true } });
}

/** What a member did so far, for the first-run checklist. */
export async function findFirstSteps(organizationId: OrganizationId, userId: string) {
  const [own, tested, published, decided, connected] = await Promise.all([
    prisma().workflow.findFirst({
      where: { organizationId, archivedAt: null, ownerId: userId },
      orderBy: { updatedAt: "desc" },
      select: { slug: true, name: true },
    }),
    prisma().run.findFirst({ where: { organizationId, ownerId: userId, test: true }, select: { id: true } }),
    prisma().workflowVersion.findFirst({
      where: { organizationId, createdById: userId, number: { gt: 0 }, publishedAt: { not: null } },
      select: { id: true },
    }),
    prisma().waitpoint.findFirst({
      where: { organizationId, kind: "approval", resolvedById: userId },
      select: { id: true },
    }),
    prisma().connection.findFirst({ where: { organizationId }, select: { id: true } }),
  ]);
  return {
    workflow: own,
    tested: tested !== null,
    published: published !== null,
    decided: decided !== null,
    connected: connected !== null,
  };
}

/**
 * Some of the runs of a workflow that is in the trash and held by this transaction, with all that they wrote, except what was said in
 * conversations; none that must be kept in this moment. Gives how many went.
 */
export async function deleteRuns(tx: Transaction, workflowId: string, now: Date, limit: number): Promise<number> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select r.id from runs r where r.workflow_id = ${workflowId}::uuid and (r.test or not run_is_kept(r, ${now}::timestamptz))
    limit ${limit} for update`;
  const where = { runId: { in: rows.map(({ id }) => id) } };
  await tx.stepRun.deleteMany({ where });
  await tx.runEvent.deleteMany({ where });
  await tx.waitpoint.deleteMany({ where });
  await tx.receipt.deleteMany({ where });
  await tx.delivery.deleteMany({ where });
  await tx.notice.deleteMany({ where });
  await tx.decisionLink.deleteMany({ where });
  await tx.storedFile.deleteMany({ where });
  await tx.run.deleteMany({ where: { id: where.runId } });
  return rows.length;
}

/** Those of these workflows that have runs which were no tests. */
export async function workflowsWithRuns(ids: readonly string[], tx: Transaction = prisma()): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select w.id from workflows w where w.id = any(${ids}::uuid[])
      and exists (select 1 from runs r where r.workflow_id = w.id and not r.test)`;
  return new Set(rows.map(({ id }) => id));
}

/** Only of a workflow that is in the trash and held by this transaction. Its versions go with it. */
export async function deleteWorkflow(tx: Transaction, id: string): Promise<void> {
  const where = { workflowId: id };
  await tx.workflowDraft.deleteMany({ where });
  await tx.draftBatch.deleteMany({ where });
  await tx.draftPresence.deleteMany({ where });
  await tx.publishReview.deleteMany({ where });
  await tx.testSample.deleteMany({ where });
  await tx.testPin.deleteMany({ where });
  await tx.activeTrigger.deleteMany({ where });
  await tx.webhookCall.deleteMany({ where });
  await tx.workflow.delete({ where: { id }, select: { id: true } });
}

export async function announce(tx: Transaction, organizationId: OrganizationId): Promise<void> {
  await tx.$queryRaw`select pg_notify('hp_live', ${JSON.stringify({ organizationId, kinds: ["workflow"] })})::text`;
}

export function listRoles(organizationId: OrganizationId): Promise<{ slug: string; name: string }[]> {
  return prisma().businessRole.findMany({
    where: { organizationId },
    orderBy: { name: "asc" },
    select: { slug: true, name: true },
  });
}
