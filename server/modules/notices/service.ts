import { noticeEmails, type NoticeChoice, type NoticeEmail, type NoticeItem } from "@/core/contracts/notice";
import { isUuid } from "@/core/ids";
import { byCreation, listPage, type Page, type PageRequest } from "@/server/api/rest/list-page";
import { requireScope, type UserActor } from "@/server/db/tenant";
import { findDigest } from "./digest-store";
import { countUnread, findEmailChoice, listNotices, markRead, putEmailChoice, type NoticeRow } from "./store";

export { chooseDigest, sendDigest } from "./digest";
export { tellPeople } from "./tell";

/** What this person was told, newest first. */
export async function listOwnNotices(actor: UserActor, page: PageRequest): Promise<Page<NoticeItem>> {
  requireScope(actor, "approvals:read");
  const found = await listPage(page, byCreation, (slice) => listNotices(actor, slice));
  return { ...found, items: found.items.map(toItem) };
}

/** How many are unread and still wait, up to `mostUnread`. */
export async function countOwnNotices(actor: UserActor): Promise<number> {
  requireScope(actor, "approvals:read");
  return countUnread(actor);
}

/** Marks what this person was told of one thing as read; null: all. Gives how many there were. */
export async function readNotices(actor: UserActor, waitpointId: string | null): Promise<number> {
  requireScope(actor, "approvals:read");
  if (waitpointId !== null && !isUuid(waitpointId)) return 0;
  return markRead(actor, waitpointId);
}

/** What this person gets by e-mail. */
export async function emailChoice(actor: UserActor): Promise<NoticeChoice> {
  requireScope(actor, "approvals:read");
  const [chosen, planned] = await Promise.all([findEmailChoice(actor), findDigest(actor.organizationId, actor.userId)]);
  return {
    email: noticeEmails.find((each) => each === chosen) ?? "each",
    digest: planned?.digest ?? null,
    nextDigest: planned?.next.toISOString() ?? null,
  };
}

export async function chooseEmail(actor: UserActor, email: NoticeEmail): Promise<void> {
  requireScope(actor, "approvals:read");
  await putEmailChoice(actor, email);
}

function toItem({ workflow, dueAt, createdAt, readAt, ...row }: NoticeRow): NoticeItem {
  return {
    ...row,
    workflow: row.waitpointId === null ? null : (workflow ?? "A deleted workflow"),
    dueAt: dueAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
    isRead: readAt !== null,
  };
}
