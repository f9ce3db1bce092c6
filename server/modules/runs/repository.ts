import type { RunStatus } from "@/core/run-status";
import type { Json } from "@/core/json";
import { prisma, type Prisma } from "@/server/db/client";
import { eventNames } from "@/inngest/events";
import { createdBefore, type Slice, type TimePosition } from "@/server/db/slice";
import type { OrganizationId } from "@/server/db/tenant";
import { outbox, type Transaction } from "@/server/db/transaction";

/** Reads of people and callers; drivers use store.ts. */
export interface RunFilter {
  status?: readonly RunStatus[];
  workflowId?: string;
  triggerType?: readonly string[];
  requestedBy?: string;
  createdAfter?: Date;
  createdBefore?: Date;
  conversationId?: string;
  contactId?: string;
  /** Absent: tests and real runs. */
  test?: boolean;
  /** Only runs of this owner. */
  ownerId?: string;
  /** What a search found. */
  ids?: readonly string[];
}

const listSelect = {
  id: true,
  status: true,
  workflowId: true,
  version: true,
  triggerType: true,
  triggerLabel: true,
  requestedBy: true,
  subject: true,
  failureReason: true,
  cancelReason: true,
  ownerId: true,
  test: true,
  createdAt: true,
  startedAt: true,
  endedAt: true,
} satisfies Prisma.RunSelect;

const detailSelect = {
  ...listSelect,
  organizationId: true,
  versionId: true,
  input: true,
  output: true,
  error: true,
  inputEdits: true,
  endMessage: true,
  warnings: true,
  busy: true,
  heartbeatAt: true,
  restoredFrom: true,
  conversationId: true,
  contactId: true,
  initiatedBy: true,
  callbackUrl: true,
  triggerId: true,
  generation: true,
  movedSeq: true,
} satisfies Prisma.RunSelect;

export type RunRow = Prisma.RunGetPayload<{ select: typeof listSelect }>;
export type RunDetailRow = Prisma.RunGetPayload<{ select: typeof detailSelect }>;

export async function listRuns(
  organizationId: OrganizationId,
  filter: RunFilter,
  page: Slice<TimePosition>,
): Promise<RunRow[]> {
  return prisma().run.findMany({
    where: {
      organizationId,
      ...(filter.status ? { status: { in: [...filter.status] } } : {}),
      ...(filter.workflowId === undefined ? {} : { workflowId: filter.workflowId }),
      ...(filter.triggerType ? { triggerType: { in: [...filter.triggerType] } } : {}),
      ...(filter.requestedBy === undefined ? {} : { requestedBy: filter.requestedBy }),
      createdAt: {
        ...(filter.createdAfter === undefined ? {} : { gt: filter.createdAfter }),
        ...(filter.createdBefore === undefined ? {} : { lt: filter.createdBefore }),
      },
      ...(filter.conversationId === undefined ? {} : { conversationId: filter.conversationId }),
      ...(filter.contactId === undefined ? {} : { contactId: filter.contactId }),
      ...(filter.test === undefined ? {} : { test: filter.test }),
      ...(filter.ownerId === undefined ? {} : { ownerId: filter.ownerId }),
      AND: [
        ...(filter.ids ? [{ id: { in: [...filter.ids] } }] : []),
        ...(page.after ? [createdBefore(page.after)] : []),
      ],
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: page.limit,
    skip: page.offset,
    select: listSelect,
  });
}

export async function findRun(organizationId: OrganizationId, id: string): Promise<RunDetailRow | null> {
  return prisma().run.findFirst({ where: { id, organizationId }, select: detailSelect });
}

/** In the order in which they happened: the first ones after a number, or the last ones. */
export async function listRunEvents(runId: string, page: { after: number; limit: number } | { last: number }) {
  const isLast = "last" in page;
  const rows = await prisma().runEvent.findMany({
    where: { runId, ...(isLast ? {} : { seq: { gt: page.after } }) },
    orderBy: { seq: isLast ? "desc" : "asc" },
    take: isLast ? page.last : page.limit,
    select: { seq: true, type: true, at: true, actor: true, data: true },
  });
  const events = rows.map((row) => ({ ...row, seq: Number(row.seq) }));
  return isLast ? events.reverse() : events;
}

export async function findVersion(
  organizationId: OrganizationId,
  id: string,
): Promise<{ spec: Json; config: Json } | null> {
  const row = await prisma().workflowVersion.findFirst({
    where: { id, organizationId },
    select: { spec: true, config: true },
  });
  return row && { spec: row.spec as Json, config: row.config as Json };
}

export async function findWorkflows(
  organizationId: OrganizationId,
  ids: readonly string[],
): Promise<Map<string, { id: string; slug: string; name: string }>> {
  const rows = await prisma().workflow.findMany({
    where: { organizationId, id: { in: [...ids] } },
    select: { id: true, slug: true, name: true },
  });
  return new Map(rows.map((row) => [row.id, row]));
}

/** What these runs wait for: people, others and retries (age limits left out). */
export async function listOpenWaitpoints(runIds: readonly string[]) {
  return prisma().waitpoint.findMany({
    where: { runId: { in: [...runIds] }, status: "open", kind: { not: "age" } },
    select: {
      id: true,
      organizationId: true,
      runId: true,
      key: true,
      kind: true,
      assignees: true,
      request: true,
      dueAt: true,
      createdAt: true,
      undecidableSince: true,
      undecidableWhy: true,
    },
  });
}

export async function findWaitpoint(organizationId: OrganizationId, id: string) {
  return prisma().waitpoint.findFirst({ where: { id, organizationId } });
}

export async function findWaitpointByToken(tokenHash: string) {
  return prisma().waitpoint.findUnique({
    where: { tokenHash },
    select: { id: true, organizationId: true, kind: true, runId: true },
  });
}

/** A run that a proof of its own leads to; null when there is no such run. */
export async function findRunPlace(runId: string) {
  return prisma().run.findFirst({ where: { id: runId }, select: { id: true, organizationId: true, status: true } });
}

/** The latest wait of a form step of a run that a proof of its own leads to. */
export async function findFormAt(runId: string, key: string) {
  return prisma().waitpoint.findFirst({ where: { runId, key, kind: "form" }, orderBy: { createdAt: "desc" } });
}

/**
 * Lets the time of an open waitpoint of a test be over, and wakes the run. Only inside a transaction. False when it is not
 * open any more, has no time, or the run does not go on.
 */
export async function makeWaitpointDue(
  tx: Transaction,
  organizationId: OrganizationId,
  target: { runId: string; waitpointId: string; actor: Prisma.InputJsonObject },
): Promise<boolean> {
  const { runId, waitpointId, actor } = target;
  const [run] = await tx.$queryRaw<{ parked: boolean; generation: number }[]>`
    select parked_by is not null as parked, generation from runs
    where id = ${runId}::uuid and organization_id = ${organizationId}::uuid and test
      and status not in ('paused', 'completed', 'failed', 'cancelled') for no key update`;
  if (!run) return false;
  // A moment ago: the drivers compare with their own clock, and both are kept in whole milliseconds.
  const [due] = await tx.$queryRaw<{ nodeId: string }[]>`
    update waitpoints set due_at = now() - interval '2 milliseconds'
    where id = ${waitpointId}::uuid and run_id = ${runId}::uuid and status = 'open' and due_at is not null
    returning node_id as "nodeId"`;
  if (!due) return false;
  await outbox(
    tx,
    run.parked
      ? { name: eventNames.runWake, data: { runId }, organizationId }
      : {
          name: eventNames.runRequested,
          data: { runId, generation: run.generation, lane: waitpointId },
          organizationId,
        },
  );
  const passed = JSON.stringify([
    { type: "test.time_passed", actor, data: { node_id: due.nodeId, waitpoint_id: waitpointId } },
  ]);
  await tx.$executeRaw`select put_run_events(${runId}::uuid, ${organizationId}::uuid, ${passed}::jsonb)`;
  await tx.$queryRaw`select pg_notify('hp_live', ${JSON.stringify({ organizationId, runIds: [runId], kinds: ["run"] })})::text`;
  return true;
}

/** The calls to the address that a run was started with; others of its deliveries belong to a subscription or a step. */
export async function listRunCallbacks(organizationId: OrganizationId, runId: string) {
  return prisma().delivery.findMany({
    where: { organizationId, runId, kind: "webhook", subscriptionId: null, stepKey: null },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    select: { subject: true, status: true, attempts: true, lastError: true, createdAt: true, deliveredAt: true },
  });
}
