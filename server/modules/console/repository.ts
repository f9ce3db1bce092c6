import type { CannedAnswer } from "@/core/contracts/console";
import { prisma, type Prisma } from "@/server/db/client";
import type { OrganizationId } from "@/server/db/tenant";
import type { Transaction } from "@/server/db/transaction";

const columns = {
  id: true,
  subject: true,
  contactId: true,
  assignedToId: true,
  claimedAt: true,
  handedOverAt: true,
  needsAnswerSince: true,
  closedAt: true,
  updatedAt: true,
} as const;
export type DeskRow = Prisma.ConversationGetPayload<{ select: typeof columns }>;

export function findConversation(organizationId: OrganizationId, id: string): Promise<DeskRow | null> {
  return prisma().conversation.findFirst({ where: { organizationId, id }, select: columns });
}

/** Those with a customer, newest first; without one of them. */
export function listOfContact(
  organizationId: OrganizationId,
  { contactId, except }: { contactId: string; except: string | null },
  limit: number,
) {
  return prisma().conversation.findMany({
    where: { organizationId, contactId, ...(except === null ? {} : { id: { not: except } }) },
    orderBy: [{ updatedAt: "desc" }],
    take: limit,
    select: { id: true, subject: true, updatedAt: true, closedAt: true },
  });
}

export interface Which {
  organizationId: OrganizationId;
  id: string;
}

// By hand: a conversation's time is that of its last message, and is no business of who has it.

/** Compare-and-set: false when somebody else has it by now. */
export async function setHolder(
  tx: Transaction,
  { organizationId, id }: Which,
  from: string | null,
  to: string | null,
): Promise<boolean> {
  const changed = await tx.$executeRaw`
    update conversations set assigned_to_id = ${to}::uuid, claimed_at = case when ${to}::uuid is null then null else now() end,
      closed_at = case when ${to}::uuid is null then closed_at end
    where organization_id = ${organizationId}::uuid and id = ${id}::uuid and assigned_to_id is not distinct from ${from}::uuid`;
  return changed === 1;
}

/** Takes it where nobody has it; false when somebody else does. */
export async function holdFor(tx: Transaction, { organizationId, id }: Which, userId: string): Promise<boolean> {
  const changed = await tx.$executeRaw`
    update conversations set assigned_to_id = ${userId}::uuid, claimed_at = coalesce(claimed_at, now()), closed_at = null
    where organization_id = ${organizationId}::uuid and id = ${id}::uuid and (assigned_to_id is null or assigned_to_id = ${userId}::uuid)`;
  return changed === 1;
}

/** False when a run has handed it over, or somebody else has it. */
export async function setClosed(tx: Transaction, { organizationId, id }: Which, userId: string): Promise<boolean> {
  const changed = await tx.$executeRaw`
    update conversations set closed_at = coalesce(closed_at, now()), assigned_to_id = null, claimed_at = null, needs_answer_since = null, needs_answer_to = null
    where organization_id = ${organizationId}::uuid and id = ${id}::uuid and handed_over_at is null
      and (assigned_to_id is null or assigned_to_id = ${userId}::uuid)`;
  return changed === 1;
}

export async function setOpen(tx: Transaction, { organizationId, id }: Which): Promise<void> {
  await tx.$executeRaw`update conversations set closed_at = null where organization_id = ${organizationId}::uuid and id = ${id}::uuid`;
}

/** Open pages of colleagues and of the customer ask again. */
export async function tellPages(tx: Transaction, { organizationId, id }: Which): Promise<void> {
  await tx.$queryRaw`select tell_conversation(${organizationId}::uuid, ${id}::uuid)::text`;
}

export async function insertNote(
  tx: Transaction,
  note: {
    id: string;
    organizationId: OrganizationId;
    conversationId: string;
    authorId: string;
    authorName: string;
    body: string;
  },
): Promise<void> {
  await tx.conversationNote.create({ data: note, select: { id: true } });
}

const cannedColumns = { id: true, name: true, body: true } as const;

export function listCanned(organizationId: OrganizationId, limit: number): Promise<CannedAnswer[]> {
  return prisma().cannedAnswer.findMany({
    where: { organizationId },
    orderBy: { name: "asc" },
    take: limit,
    select: cannedColumns,
  });
}

export function countCanned(tx: Transaction, organizationId: OrganizationId): Promise<number> {
  return tx.cannedAnswer.count({ where: { organizationId } });
}

export async function insertCanned(
  tx: Transaction,
  row: CannedAnswer & { organizationId: OrganizationId },
): Promise<void> {
  await tx.cannedAnswer.create({ data: row, select: { id: true } });
}

/** False when it is not there. */
export async function changeCanned(
  tx: Transaction,
  { organizationId, id }: Which,
  data: { name: string; body: string },
): Promise<boolean> {
  const { count } = await tx.cannedAnswer.updateMany({ where: { organizationId, id }, data });
  return count === 1;
}

export async function deleteCanned(tx: Transaction, { organizationId, id }: Which): Promise<boolean> {
  const { count } = await tx.cannedAnswer.deleteMany({ where: { organizationId, id } });
  return count === 1;
}
