import type { Json } from "@/core/json";
import { prisma, type Prisma } from "@/server/db/client";
import type { Slice } from "@/server/db/slice";
import type { OrganizationId } from "@/server/db/tenant";

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
  resolvedAt: true,
  firstDecision: true,
  dueAt: true,
  createdAt: true,
} satisfies Prisma.WaitpointSelect;

export type ApprovalRow = Prisma.WaitpointGetPayload<{ select: typeof select }>;

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
  return prisma().waitpoint.findMany({
    where: {
      ...mine(organizationId, filter.refs),
      status: pending ? "open" : { not: "open" },
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
}

export async function countOpenApprovals(organizationId: OrganizationId, refs: readonly string[]): Promise<number> {
  return prisma().waitpoint.count({ where: { ...mine(organizationId, refs), status: "open" } });
}

export async function findApproval(organizationId: OrganizationId, id: string): Promise<ApprovalRow | null> {
  return prisma().waitpoint.findFirst({ where: { id, organizationId, kind: "approval" }, select });
}

export async function listApprovalsOfRun(organizationId: OrganizationId, runId: string): Promise<ApprovalRow[]> {
  return prisma().waitpoint.findMany({
    where: { organizationId, runId, kind: "approval" },
    orderBy: { createdAt: "asc" },
    select,
  });
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
      ownerId: true,
      contactId: true,
      conversationId: true,
      triggerType: true,
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
  return prisma().contact.findFirst({
    where: { organizationId, id: contactId },
    select: { name: true, email: true, plan: true },
  });
}

export async function listConversationMessages(organizationId: OrganizationId, conversationId: string) {
  return prisma().message.findMany({
    where: { organizationId, conversationId },
    orderBy: { createdAt: "desc" },
    take: 50,
    select: { id: true, author: true, authorName: true, body: true, createdAt: true },
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
