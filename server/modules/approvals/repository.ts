import { z } from "zod";
import type { Json } from "@/core/json";
import { prisma, type Prisma } from "@/server/db/client";
import type { Slice } from "@/server/db/slice";
import type { Actor, OrganizationId } from "@/server/db/tenant";
import { auditActor, type Transaction } from "@/server/db/transaction";

const select = {
  id: true,
  runId: true,
  workflowId: true,
  key: true,
  nodeId: true,
  status: true,
  outcome: true,
  assignees: true,
  request: true,
  resolution: true,
  resolvedById: true,
  resolvedByName: true,
  resolvedVia: true,
  resolvedAt: true,
  votes: true,
  voters: true,
  delegations: true,
  questions: true,
  questionAt: true,
  questionFor: true,
  givenDecision: true,
  undecidableSince: true,
  undecidableWhy: true,
  dueAt: true,
  createdAt: true,
} satisfies Prisma.WaitpointSelect;

export type ApprovalRow = Prisma.WaitpointGetPayload<{ select: typeof select }>;

const givenSchema = z.object({
  outcome: z.string(),
  resolution: z.record(z.string(), z.json()),
  byId: z.string().nullable(),
  byName: z.string(),
  via: z.string(),
  at: z.string(),
});

/** A decision that can still be taken back stands there as it will be when it counts. */
function asGiven(row: ApprovalRow): ApprovalRow {
  if (row.status !== "open" || row.givenDecision === null) return row;
  const { outcome, resolution, byId, byName, via, at } = givenSchema.parse(row.givenDecision);
  const by = { resolvedById: byId, resolvedByName: byName, resolvedVia: via, resolvedAt: new Date(at) };
  return { ...row, status: "resolved", outcome, resolution, ...by };
}

export interface ApprovalFilter {
  /** Open ones, oldest due first; or decided ones, newest first. */
  view: "pending" | "decided";
  /** Only those that one of these references may decide; null: all of the organization. */
  refs: readonly string[] | null;
  /** Only those of this run. */
  runId?: string;
}

/** Where an approval stands in its list: open ones by when they are due, decided ones by when they were. */
export type ApprovalPosition =
  | { view: "pending"; dueAt: Date | null; createdAt: Date; id: string }
  | { view: "decided"; resolvedAt: Date; id: string };

export async function listApprovals(
  organizationId: OrganizationId,
  filter: ApprovalFilter,
  { limit, offset, after }: Slice<ApprovalPosition>,
): Promise<ApprovalRow[]> {
  const pending = filter.view === "pending";
  const rows = await prisma().waitpoint.findMany({
    where: {
      ...mine(organizationId, filter.refs),
      // What is given is not asked any more, though it can still be taken back.
      ...(pending ? { status: "open", effectiveAt: null } : { status: { not: "open" } }),
      ...(filter.runId === undefined ? {} : { runId: filter.runId }),
      ...(after ? rest(after) : {}),
    },
    orderBy: pending
      ? [{ dueAt: { sort: "asc", nulls: "last" } }, { createdAt: "asc" }, { id: "asc" }]
      : [{ resolvedAt: "desc" }, { id: "desc" }],
    take: limit,
    skip: offset,
    select,
  });
  return rows.map(asGiven);
}

export async function findApprovals(organizationId: OrganizationId, ids: readonly string[]): Promise<ApprovalRow[]> {
  const where = { id: { in: [...ids] }, organizationId, kind: "approval" };
  return (await prisma().waitpoint.findMany({ where, select })).map(asGiven);
}

export async function findApproval(organizationId: OrganizationId, id: string): Promise<ApprovalRow | null> {
  const row = await prisma().waitpoint.findFirst({ where: { id, organizationId, kind: "approval" }, select });
  return row && asGiven(row);
}

/** Of a run up to so many that are open, and as many of the latest that are not; and how many there are. */
export async function listApprovalsOfRun(
  organizationId: OrganizationId,
  runId: string,
  limit: number,
): Promise<{ rows: ApprovalRow[]; count: number }> {
  const ofRun = { organizationId, runId, kind: "approval" };
  const [open, closed, count] = await Promise.all([
    prisma().waitpoint.findMany({
      where: { ...ofRun, status: "open" },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
      take: limit,
      select,
    }),
    prisma().waitpoint.findMany({
      where: { ...ofRun, status: { not: "open" } },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: limit,
      select,
    }),
    prisma().waitpoint.count({ where: ofRun }),
  ]);
  const rows = [...closed.reverse(), ...open.map(asGiven)].sort(
    (left, right) => left.createdAt.getTime() - right.createdAt.getTime() || left.id.localeCompare(right.id),
  );
  return { rows, count };
}

/** Who owns these workflows. */
export async function listWorkflowOwners(
  organizationId: OrganizationId,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await prisma().workflow.findMany({
    where: { organizationId, id: { in: [...ids] } },
    select: { id: true, ownerId: true },
  });
  return new Map(rows.map((row) => [row.id, row.ownerId]));
}

/** The run facts a card shows. */
export async function listRunFacts(organizationId: OrganizationId, runIds: readonly string[]) {
  return prisma().run.findMany({
    where: { organizationId, id: { in: [...runIds] } },
    select: {
      id: true,
      workflowId: true,
      versionId: true,
      version: true,
      requestedBy: true,
      initiatedBy: true,
      ownerId: true,
      contactId: true,
      conversationId: true,
      triggerType: true,
      restoredFrom: true,
      status: true,
      test: true,
    },
  });
}

export async function findRunInput(
  organizationId: OrganizationId,
  runId: string,
): Promise<{ input: Json; inputEdits: Json } | null> {
  const where = { organizationId, id: runId };
  const row = await prisma().run.findFirst({ where, select: { input: true, inputEdits: true } });
  // What the database gives as JSON is JSON.
  return row && { input: row.input as Json, inputEdits: row.inputEdits as Json };
}

export async function findCustomer(organizationId: OrganizationId, contactId: string) {
  const where = { organizationId, id: contactId };
  return prisma().contact.findFirst({ where, select: { name: true, email: true, plan: true } });
}

export async function listConversationMessages(organizationId: OrganizationId, conversationId: string) {
  return prisma().message.findMany({
    where: { organizationId, conversationId },
    orderBy: { createdAt: "desc" },
    take: 50,
    select: { id: true, author: true, authorName: true, body: true, createdAt: true },
  });
}

/**
 * Other people for an open approval, with the line in its run's history. Whether any of them can decide is found by the database
 * in the same statement. Only inside a transaction. Null when it is not open any more, or was given to others meanwhile.
 */
export async function putAssignees(
  tx: Transaction,
  { id, runId, key, nodeId, assignees }: Pick<ApprovalRow, "id" | "runId" | "key" | "nodeId" | "assignees">,
  given: { assignees: readonly string[]; actor: Actor; from: string[]; to: string[]; reason?: string },
): Promise<{ undecidableSince: Date | null; undecidableWhy: string | null } | null> {
  const { organizationId } = given.actor;
  // In the order in which everybody takes them: what holds people as they are, the run, its waitpoint.
  await tx.$executeRaw`select pg_advisory_xact_lock_shared(asking_lock(${organizationId}::uuid))`;
  await tx.$executeRaw`select from runs where id = ${runId}::uuid and organization_id = ${organizationId}::uuid for no key update`;
  const data: Prisma.InputJsonObject = {
    node_id: nodeId,
    waitpoint_id: id,
    from: given.from,
    to: given.to,
    ...(given.reason === undefined ? {} : { comment: given.reason }),
  };
  const said = JSON.stringify({ type: "approval.reassigned", actor: auditActor(given.actor), data });
  const open = await tx.waitpoint.findFirst({
    where: {
      id,
      organizationId,
      kind: "approval",
      status: "open",
      effectiveAt: null,
      assignees: { equals: assignees },
    },
    select: { id: true },
  });
  if (!open) return null;
  // First, so that what the database finds out about the new people comes after it.
  await tx.$executeRaw`select put_run_events(${runId}::uuid, ${organizationId}::uuid,
    jsonb_build_array(jsonb_set(${said}::jsonb, '{data}', ${said}::jsonb->'data' || step_name(${runId}::uuid, ${key}))))`;
  await tx.waitpoint.updateMany({
    where: { id, organizationId, status: "open" },
    // Other people: whose word counts is fixed again by the next one that is given.
    data: { assignees: [...given.assignees], voters: [], delegations: [] },
  });
  await tx.$queryRaw`select pg_notify('hp_live', ${JSON.stringify({ organizationId, runIds: [runId], kinds: ["run"] })})::text`;
  return tx.waitpoint.findFirst({
    where: { id, organizationId },
    select: { undecidableSince: true, undecidableWhy: true },
  });
}

function rest(after: ApprovalPosition): Prisma.WaitpointWhereInput {
  if (after.view === "decided") {
    const { resolvedAt, id } = after;
    return { resolvedAt: { lte: resolvedAt }, OR: [{ resolvedAt: { lt: resolvedAt } }, { id: { lt: id } }] };
  }
  const { dueAt, createdAt, id } = after;
  const sameTime = { dueAt, OR: [{ createdAt: { gt: createdAt } }, { createdAt, id: { gt: id } }] };
  // Those that are never due come last.
  return dueAt === null ? sameTime : { AND: [{ OR: [sameTime, { dueAt: { gt: dueAt } }, { dueAt: null }] }] };
}

function mine(organizationId: OrganizationId, refs: readonly string[] | null): Prisma.WaitpointWhereInput {
  return { organizationId, kind: "approval", ...(refs === null ? {} : { assignees: { hasSome: [...refs] } }) };
}
