import type { JsonObject } from "@/core/json";
import { prisma, type Prisma } from "@/server/db/client";
import type { Slice, TimePosition } from "@/server/db/slice";
import type { OrganizationId } from "@/server/db/tenant";
import type { Transaction } from "@/server/db/transaction";
import { requestRunColumns, type RequestRun } from "@/server/modules/requests/service";

const columns = {
  id: true,
  organizationId: true,
  contactId: true,
  subject: true,
  tokenHash: true,
  tokenSealed: true,
  linkMadeAt: true,
  linkKnownTo: true,
  quickReplies: true,
  createdAt: true,
  updatedAt: true,
} as const;
export type ConversationRow = Prisma.ConversationGetPayload<{ select: typeof columns }>;

const messageColumns = { id: true, author: true, authorName: true, body: true, createdAt: true } as const;
export type MessageRow = Prisma.MessageGetPayload<{ select: typeof messageColumns }>;

const contactColumns = {
  id: true,
  name: true,
  email: true,
  phone: true,
  plan: true,
  data: true,
  createdAt: true,
} as const;

export function findConversationByToken(tokenHash: string): Promise<ConversationRow | null> {
  return prisma().conversation.findUnique({ where: { tokenHash }, select: columns });
}

/** For a key that was made for this conversation, and is checked next. */
export function findConversationById(id: string): Promise<ConversationRow | null> {
  return prisma().conversation.findUnique({ where: { id }, select: columns });
}

export async function hasMessageSince(conversationId: string, since: Date): Promise<boolean> {
  const where = { conversationId, createdAt: { gte: since } };
  return (await prisma().message.findFirst({ where, select: { id: true } })) !== null;
}

/** A new link, from which its ninety days count anew. */
export async function replaceToken(
  tx: Transaction,
  { organizationId, id }: { organizationId: OrganizationId; id: string },
  token: { tokenHash: string; tokenSealed: string },
  knownTo: readonly string[],
): Promise<void> {
  const now = new Date();
  const data = { ...token, linkMadeAt: now, updatedAt: now, linkKnownTo: { push: [...knownTo] } };
  await tx.conversation.updateMany({ where: { organizationId, id }, data });
}

export function findConversation(organizationId: OrganizationId, id: string): Promise<ConversationRow | null> {
  return prisma().conversation.findFirst({ where: { organizationId, id }, select: columns });
}

export function listConversations(
  organizationId: OrganizationId,
  { limit, offset, after }: Slice<TimePosition>,
): Promise<ConversationRow[]> {
  const rest = after && {
    updatedAt: { lte: after.time },
    OR: [{ updatedAt: { lt: after.time } }, { id: { lt: after.id } }],
  };
  return prisma().conversation.findMany({
    where: { organizationId, ...rest },
    orderBy: [{ updatedAt: "desc" }, { id: "desc" }],
    take: limit,
    skip: offset,
    select: columns,
  });
}

export function findContacts(organizationId: OrganizationId, ids: readonly string[]) {
  return prisma().contact.findMany({ where: { organizationId, id: { in: [...ids] } }, select: contactColumns });
}

export async function insertConversation(
  tx: Transaction,
  row: {
    id: string;
    organizationId: OrganizationId;
    contactId: string;
    subject: string;
    tokenHash: string;
    tokenSealed: string;
    linkKnownTo: string[];
    quickReplies: JsonObject[];
  },
): Promise<void> {
  await tx.conversation.create({ data: row, select: { id: true } });
}

/** Adds a message, moves the conversation to the top of the list, and tells open pages. */
export async function insertMessage(
  tx: Transaction,
  message: {
    id: string;
    organizationId: OrganizationId;
    conversationId: string;
    author: string;
    authorName: string;
    body: string;
    data?: JsonObject;
  },
): Promise<void> {
  const { organizationId, conversationId } = message;
  await tx.message.create({ data: message, select: { id: true } });
  await tx.conversation.updateMany({ where: { organizationId, id: conversationId }, data: { updatedAt: new Date() } });
  await tx.$queryRaw`select pg_notify('hp_live', ${JSON.stringify({ organizationId, kinds: ["conversation", `conversation:${conversationId}`] })})::text`;
}

/** The latest messages, oldest first. */
export async function listMessages(
  organizationId: OrganizationId,
  conversationId: string,
  limit: number,
): Promise<MessageRow[]> {
  const rows = await prisma().message.findMany({
    where: { organizationId, conversationId },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: limit,
    select: messageColumns,
  });
  return rows.reverse();
}

const maxOpenRuns = 200;

/** All runs of the conversation: whose forms its customer may answer. */
export async function listRunIds(organizationId: OrganizationId, conversationId: string): Promise<string[]> {
  const rows = await prisma().run.findMany({ where: { organizationId, conversationId }, select: { id: true } });
  return rows.map(({ id }) => id);
}

/** How many of these runs belong to the conversation. */
export function countRunsAmong(
  organizationId: OrganizationId,
  conversationId: string,
  runIds: readonly string[],
): Promise<number> {
  return prisma().run.count({ where: { organizationId, conversationId, id: { in: [...runIds] } } });
}

/** The conversation's open runs and its latest ended ones, newest first. `ended`: how many. */
export async function listRequestRuns(
  organizationId: OrganizationId,
  conversationId: string,
  ended: number,
): Promise<RequestRun[]> {
  const ofConversation = (isOpen: boolean) =>
    prisma().run.findMany({
      where: { organizationId, conversationId, endedAt: isOpen ? null : { not: null } },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: isOpen ? maxOpenRuns : ended,
      select: requestRunColumns,
    });
  const found = await Promise.all([ofConversation(true), ofConversation(false)]);
  return found.flat().sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
}
