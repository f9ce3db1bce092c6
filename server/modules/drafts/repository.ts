import type { Json, JsonObject } from "@/core/json";
import { prisma, type Prisma } from "@/server/db/client";
import type { OrganizationId } from "@/server/db/tenant";
import type { Transaction } from "@/server/db/transaction";
import type { VersionParts } from "@/server/modules/workflows/service";

const draftColumns = {
  revision: true,
  baseVersion: true,
  spec: true,
  source: true,
  triggers: true,
  config: true,
  updatedById: true,
  createdAt: true,
  updatedAt: true,
} as const;
const batchColumns = {
  revision: true,
  batchId: true,
  clientId: true,
  userName: true,
  operations: true,
  createdAt: true,
} as const;
const reviewColumns = {
  id: true,
  workflowId: true,
  draftRevision: true,
  baseVersion: true,
  spec: true,
  source: true,
  triggers: true,
  config: true,
  note: true,
  requestedById: true,
  requestedByName: true,
  status: true,
  decidedByName: true,
  comment: true,
  version: true,
  createdAt: true,
  decidedAt: true,
} as const;

export type DraftRow = Prisma.WorkflowDraftGetPayload<{ select: typeof draftColumns }>;
export type BatchRow = Prisma.DraftBatchGetPayload<{ select: typeof batchColumns }>;
export type ReviewRow = Prisma.PublishReviewGetPayload<{ select: typeof reviewColumns }>;

export function findDraft(
  organizationId: OrganizationId,
  workflowId: string,
  tx: Transaction = prisma(),
): Promise<DraftRow | null> {
  return tx.workflowDraft.findFirst({ where: { organizationId, workflowId }, select: draftColumns });
}

export interface DraftFields extends VersionParts {
  revision: number;
  updatedById: string;
}

export async function insertDraft(
  tx: Transaction,
  row: DraftFields & { organizationId: OrganizationId; workflowId: string; baseVersion: number; createdById: string },
): Promise<void> {
  await tx.workflowDraft.create({ data: row, select: { revision: true } });
}

/** Only inside a transaction that holds the workflow. */
export async function updateDraft(
  tx: Transaction,
  workflowId: string,
  fields: Partial<DraftFields> & { baseVersion?: number },
): Promise<void> {
  await tx.workflowDraft.update({ where: { workflowId }, data: fields, select: { revision: true } });
}

/** The number of the last batch of this workflow's drafts, the present one or earlier ones. */
export async function lastRevision(workflowId: string, tx: Transaction = prisma()): Promise<number> {
  const { _max } = await tx.draftBatch.aggregate({ where: { workflowId }, _max: { revision: true } });
  return _max.revision ?? 0;
}

export function findBatch(tx: Transaction, workflowId: string, batchId: string): Promise<BatchRow | null> {
  return tx.draftBatch.findUnique({ where: { workflowId_batchId: { workflowId, batchId } }, select: batchColumns });
}

/** Batches after one revision and before another, oldest first. */
export function listBatches(
  workflowId: string,
  { after, before, most }: { after: number; before: number; most: number },
  tx: Transaction = prisma(),
): Promise<BatchRow[]> {
  return tx.draftBatch.findMany({
    where: { workflowId, revision: { gt: after, lt: before } },
    orderBy: { revision: "asc" },
    take: most,
    select: batchColumns,
  });
}

export async function insertBatch(
  tx: Transaction,
  row: {
    workflowId: string;
    revision: number;
    batchId: string;
    clientId: string;
    userId: string;
    userName: string;
    operations: JsonObject;
  },
): Promise<void> {
  await tx.draftBatch.create({ data: row, select: { revision: true } });
}

export async function deleteBatchesUntil(tx: Transaction, workflowId: string, revision: number): Promise<void> {
  await tx.draftBatch.deleteMany({ where: { workflowId, revision: { lte: revision } } });
}

export async function insertReview(
  tx: Transaction,
  row: VersionParts & {
    id: string;
    organizationId: OrganizationId;
    workflowId: string;
    draftRevision: number;
    baseVersion: number;
    note: string;
    requestedById: string;
    requestedByName: string;
  },
): Promise<void> {
  await tx.publishReview.create({ data: row, select: { id: true } });
}

export function findReview(
  organizationId: OrganizationId,
  id: string,
  tx: Transaction = prisma(),
): Promise<ReviewRow | null> {
  return tx.publishReview.findFirst({ where: { organizationId, id }, select: reviewColumns });
}

/** Of workflows that are still there, newest first. */
export function listReviews(
  organizationId: OrganizationId,
  { workflowId, pending, most }: { workflowId?: string; pending: boolean; most: number },
): Promise<ReviewRow[]> {
  return prisma().publishReview.findMany({
    where: {
      organizationId,
      status: pending ? "pending" : { not: "pending" },
      ...(workflowId === undefined ? {} : { workflowId }),
    },
    orderBy: { createdAt: "desc" },
    take: most,
    select: reviewColumns,
  });
}

export interface ReviewDecision {
  status: "approved" | "rejected" | "withdrawn";
  decidedById: string;
  decidedByName: string;
  comment?: string;
  decidedAt: Date;
}

/** False when it is no longer pending: then somebody else was first. */
export async function closeReview(tx: Transaction, id: string, decision: ReviewDecision): Promise<boolean> {
  const { count } = await tx.publishReview.updateMany({ where: { id, status: "pending" }, data: decision });
  return count === 1;
}

/** What somebody asked for before and asks for anew. */
export async function withdrawEarlier(
  tx: Transaction,
  workflowId: string,
  requestedById: string,
  decision: ReviewDecision,
): Promise<void> {
  await tx.publishReview.updateMany({ where: { workflowId, requestedById, status: "pending" }, data: decision });
}

/** Whether a review that this person asked for still waits. */
export async function hasOwnReview(tx: Transaction, workflowId: string, userId: string): Promise<boolean> {
  const where = { workflowId, requestedById: userId, status: "pending" };
  return (await tx.publishReview.count({ where })) > 0;
}

export async function setReviewVersion(tx: Transaction, id: string, version: number): Promise<void> {
  await tx.publishReview.update({ where: { id }, data: { version }, select: { id: true } });
}

/** Names of workflows that are still there. */
export async function workflowNames(
  organizationId: OrganizationId,
  ids: readonly string[],
): Promise<Map<string, { slug: string; name: string; publishedVersion: number | null }>> {
  const rows = await prisma().workflow.findMany({
    where: { organizationId, archivedAt: null, id: { in: [...ids] } },
    select: { id: true, slug: true, name: true, publishedVersion: true },
  });
  return new Map(rows.map(({ id, ...names }) => [id, names]));
}

/** A column that was written from JSON of this shape. */
export function partsOf(row: { spec: unknown; source: unknown; triggers: unknown; config: unknown }): VersionParts {
  return {
    spec: row.spec as JsonObject,
    source: (row.source ?? {}) as JsonObject,
    triggers: row.triggers as Json[],
    config: row.config as JsonObject,
  };
}
