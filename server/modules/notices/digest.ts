import { isSameDay, nextDigest } from "@/core/schedule/digest-time";
import type { Digest } from "@/core/schedule/digest";
import type { InboxItem } from "@/core/contracts/inbox";
import type { DigestDue } from "@/inngest/events";
import { memberActor, systemActor } from "@/server/auth/actor";
import { findMember } from "@/server/auth/store";
import { hasScope, requireScope, type UserActor } from "@/server/db/tenant";
import { env } from "@/server/env";
import { countInbox, listInbox, plainCard } from "@/server/modules/inbox/service";
import { findDigest, planDigest, putDigest } from "./digest-store";
import { digestWords, type DigestWaiting } from "./digest-words";

/** So many are named. */
const named = 10;

/** What this person wants to be sent from now on; null: nothing. Gives when the next one is due. */
export async function chooseDigest(actor: UserActor, digest: Digest | null): Promise<string | null> {
  requireScope(actor, "approvals:read");
  const next = digest === null ? null : nextDigest(digest, Date.now());
  await planDigest(actor.organizationId, actor.userId, digest === null || next === null ? null : { digest, next });
  return next === null ? null : new Date(next).toISOString();
}

/**
 * Sends somebody one mail about all that waits for them at this moment, and plans the next one. Nothing is sent where nothing waits, nor on a later day:
 * whoever was not told in the morning sees it in the inbox. False where it was done already, or something else is wanted by now.
 */
export async function sendDigest({ organizationId: text, userId, at }: DigestDue, now = Date.now()): Promise<boolean> {
  const { organizationId } = systemActor(text);
  const planned = await findDigest(organizationId, userId);
  if (planned === null || planned.next.toISOString() !== at) return false;
  const member = await findMember(userId, organizationId);
  if (member === null) {
    await planDigest(organizationId, userId, null);
    return false;
  }
  const { digest, next: due } = planned;
  const actor = memberActor(member);
  const mayRead = hasScope(actor, "approvals:read") && isSameDay(digest.zone, due.getTime(), now);
  return putDigest(organizationId, userId, {
    at: due,
    next: nextDigest(digest, Math.max(now, due.getTime())),
    mail: mayRead ? await mailOf(actor, digest.zone, now) : null,
  });
}

async function mailOf(actor: UserActor, zone: string, now: number): Promise<{ subject: string; body: string } | null> {
  const count = await countInbox(actor);
  if (count === 0) return null;
  const { items } = await listInbox(actor, { view: "pending", sort: "due", search: "", limit: named, offset: 0 });
  const base = env().HOLDPOINT_BASE_URL.replace(/\/$/, "");
  return digestWords({
    count: Math.max(count, items.length),
    items: await Promise.all(items.map((item) => waitingOf(actor, item, base))),
    zone,
    inbox: `${base}/inbox`,
    settings: `${base}/settings/notifications`,
    now,
  });
}

/** A mail says no more of it than whoever only looks may read. */
async function waitingOf({ organizationId }: UserActor, item: InboxItem, base: string): Promise<DigestWaiting> {
  const plain = item.kind === "failed" ? item : await plainCard(organizationId, item.id);
  return {
    headline: (plain ?? item).headline,
    workflow: item.workflow.name,
    dueAt: item.dueAt === null ? null : Date.parse(item.dueAt),
    askedAt: Date.parse(item.createdAt),
    link: `${base}/inbox?id=${item.id}`,
  };
}
