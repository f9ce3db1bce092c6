import { AppError } from "@/core/errors";
import { env } from "@/server/env";
import type { OrganizationId } from "@/server/db/tenant";
import { processWide } from "@/server/process-wide";

/** What somebody wants to keep open. */
export interface StreamPlace {
  /** The session, API key or link that it is opened with. */
  holder: string;
  organizationId: OrganizationId;
  /** Of one holder at a time. */
  most?: number;
  /** Ends this one when the same holder opens one too many. Without it the newer one is refused. */
  giveWay?: () => void;
}

interface OpenStreams {
  /** Of each holder, the oldest first. */
  ofHolder: Map<string, Set<StreamPlace>>;
  ofOrganization: Map<string, number>;
  total: number;
}

export const streams = processWide<OpenStreams>("streams");

export const mostOfHolder = 10;
const comeAgainSeconds = 30;

/** The session or key of somebody who is signed in. */
export function holderOf({ id, session }: { id: string; session?: { id: string } }): string {
  return session ? `session ${session.id}` : `key ${id}`;
}

/** Takes a place, or throws `rate_limited`. Call what it returns when the stream has ended, however it ended. */
export function openStream(place: StreamPlace): () => void {
  const open = openStreams();
  makeRoom(open, place);
  const { HOLDPOINT_STREAMS, HOLDPOINT_STREAMS_PER_ORGANIZATION } = env();
  const ofOrganization = open.ofOrganization.get(place.organizationId) ?? 0;
  if (ofOrganization >= HOLDPOINT_STREAMS_PER_ORGANIZATION || open.total >= HOLDPOINT_STREAMS)
    throw tooMany("So many pages and followed runs are open that no more can be kept up to date at the moment.");
  const held = open.ofHolder.get(place.holder) ?? new Set<StreamPlace>();
  open.ofHolder.set(place.holder, held.add(place));
  open.ofOrganization.set(place.organizationId, ofOrganization + 1);
  open.total += 1;
  return () => {
    leave(open, place);
  };
}

function openStreams(): OpenStreams {
  streams.value ??= { ofHolder: new Map(), ofOrganization: new Map(), total: 0 };
  return streams.value;
}

function makeRoom(open: OpenStreams, { holder, most = mostOfHolder }: StreamPlace): void {
  const held = open.ofHolder.get(holder);
  if (!held || held.size < most) return;
  const oldest = [...held].find(({ giveWay }) => giveWay !== undefined);
  if (!oldest) throw tooMany(`At most ${String(most)} live streams may be open at once. Close one, then open another.`);
  leave(open, oldest);
  oldest.giveWay?.();
}

function leave(open: OpenStreams, place: StreamPlace): void {
  const { holder, organizationId } = place;
  const held = open.ofHolder.get(holder);
  // Ended before, by itself or to make room.
  if (!held?.delete(place)) return;
  if (held.size === 0) open.ofHolder.delete(holder);
  const left = (open.ofOrganization.get(organizationId) ?? 1) - 1;
  if (left > 0) open.ofOrganization.set(organizationId, left);
  else open.ofOrganization.delete(organizationId);
  open.total -= 1;
}

function tooMany(message: string): AppError {
  return new AppError("rate_limited", message, [], { retryAfterSeconds: comeAgainSeconds });
}
