import {
  queueSections,
  type Claim,
  type ConsoleConversation,
  type ConsoleHandoff,
  type QueueItem,
  type ThreadEntry,
} from "@/core/contracts/console";
import { isUuid } from "@/core/ids";
import { byTime, listPage, readTime, type ListOrder, type Page, type PageRequest } from "@/server/api/rest/list-page";
import { hasScope, requireScope, type UserActor } from "@/server/db/tenant";
import { contactOf } from "@/server/modules/contacts/service";
import { formsOfConversation } from "@/server/modules/conversations/service";
import { memberNames } from "@/server/modules/directory/service";
import { askCards } from "@/server/modules/inbox/service";
import { listRunsFor } from "@/server/modules/runs/service";
import { briefConversation } from "./contact-history";
import { existing } from "./existing";
import { countWaiting, listQueue, type QueuePosition, type QueueRow } from "./queue-store";
import { listOfContact } from "./repository";
import { listThread, markSeen, openHandoffs, type ThreadRow } from "./thread-store";

export { claimConversation, closeConversation, releaseConversation, reopenConversation } from "./claims";
export { answerCustomer, addNote } from "./writing";
export { contactHistory } from "./contact-history";
export { cannedAnswers, removeCanned, saveCanned } from "./canned";

const shownRuns = 20;
const shownOthers = 20;

const queueOrder: ListOrder<QueueRow, QueuePosition> = {
  length: 3,
  write: ({ section, updatedAt, id }) => [section, updatedAt.toISOString(), id],
  read([sectionText = "", timeText = "", id = ""]) {
    const section = queueSections.find((each) => each === sectionText);
    const time = readTime(timeText);
    return section !== undefined && time !== null && isUuid(id) ? { section, time, id } : null;
  },
};
const latestFirst = byTime<ThreadRow>((row) => row.createdAt);

/** What waits for somebody, then what this person has, then the others; or those that are closed. */
export async function listConsole(
  actor: UserActor,
  { view, search, ...page }: PageRequest & { view: "open" | "closed"; search: string },
): Promise<Page<QueueItem>> {
  requireScope(actor, "conversations:read");
  const { userId, organizationId } = actor;
  const asked = { userId, view, search: search.trim() };
  const found = await listPage(page, queueOrder, (slice) => listQueue(organizationId, asked, slice));
  const names = await memberNames(organizationId);
  return { ...found, items: found.items.map((row) => queueItem(row, userId, names)) };
}

/** For the badge of those who answer customers; nothing waits for the others. */
export async function countConsole(actor: UserActor): Promise<number> {
  requireScope(actor, "conversations:read");
  return hasScope(actor, "conversations:write") ? countWaiting(actor.organizationId, actor.userId) : 0;
}

/** What stands beside the thread. */
export async function openInConsole(actor: UserActor, idText: string): Promise<ConsoleConversation> {
  requireScope(actor, "conversations:read");
  const row = await existing(actor, idText);
  const { organizationId } = actor;
  const [contact, names, handoffIds, runs, earlier, forms] = await Promise.all([
    contactOf(organizationId, row.contactId),
    memberNames(organizationId),
    openHandoffs(organizationId, row.id),
    hasScope(actor, "runs:read")
      ? listRunsFor(actor, { conversationId: row.id }, { limit: shownRuns, offset: 0 })
      : { items: [] },
    listOfContact(organizationId, { contactId: row.contactId, except: row.id }, shownOthers),
    formsOfConversation(organizationId, row.id),
  ]);
  return {
    id: row.id,
    subject: row.subject,
    contact,
    claim: claimOf(row, actor.userId, names),
    handedOverAt: row.handedOverAt?.toISOString() ?? null,
    needsAnswerSince: row.needsAnswerSince?.toISOString() ?? null,
    closedAt: row.closedAt?.toISOString() ?? null,
    mayWrite: hasScope(actor, "conversations:write"),
    handoffs: await handoffsOf(actor, handoffIds),
    runs: runs.items,
    earlier: earlier.map(briefConversation),
    ...forms,
  };
}

/** The latest entries first; the page before each. */
export async function readThread(actor: UserActor, idText: string, page: PageRequest): Promise<Page<ThreadEntry>> {
  requireScope(actor, "conversations:read");
  const { id } = await existing(actor, idText);
  const found = await listPage(page, latestFirst, (slice) => listThread(actor.organizationId, id, slice));
  return { ...found, items: found.items.map(entryOf) };
}

/** This person has read it until now. */
export async function seeConversation(actor: UserActor, idText: string): Promise<void> {
  requireScope(actor, "conversations:read");
  const { id } = await existing(actor, idText);
  await markSeen(actor.organizationId, id, actor.userId);
}

async function handoffsOf(actor: UserActor, ids: readonly string[]): Promise<ConsoleHandoff[]> {
  const cards = hasScope(actor, "approvals:read") ? await askCards(actor, ids) : [];
  return cards.map(({ id, runId, workflow, headline, detail, dueAt, canAnswer, cannotAnswerReason }) => ({
    id,
    runId,
    workflow: workflow.name,
    headline,
    detail,
    dueAt,
    canAnswer,
    cannotAnswerReason,
  }));
}

function queueItem(row: QueueRow, userId: string, names: ReadonlyMap<string, string>): QueueItem {
  const { id, subject, section, lastAuthor, lastAuthorName, lastBody, lastAt } = row;
  return {
    id,
    subject,
    contact: { name: row.contactName ?? "A former contact", email: row.contactEmail },
    section,
    claim: claimOf(row, userId, names),
    handedOverAt: row.handedOverAt?.toISOString() ?? null,
    needsAnswerSince: row.needsAnswerSince?.toISOString() ?? null,
    unread: row.unread,
    last:
      lastAuthor === null || lastAt === null
        ? null
        : { author: lastAuthor, authorName: lastAuthorName ?? "", body: lastBody ?? "", at: lastAt.toISOString() },
    at: row.updatedAt.toISOString(),
  };
}

function claimOf(
  { assignedToId, claimedAt }: { assignedToId: string | null; claimedAt: Date | null },
  userId: string,
  names: ReadonlyMap<string, string>,
): Claim | null {
  if (assignedToId === null) return null;
  return {
    userId: assignedToId,
    name: names.get(assignedToId) ?? "Somebody who left",
    since: (claimedAt ?? new Date(0)).toISOString(),
    isMine: assignedToId === userId,
  };
}

function entryOf({ kind, id, author, authorName, body, createdAt }: ThreadRow): ThreadEntry {
  return {
    kind,
    id,
    author: author === "contact" || author === "workflow" ? author : "operator",
    authorName,
    body,
    at: createdAt.toISOString(),
  };
}
