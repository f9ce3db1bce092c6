import { liveKinds, type LiveChange, type StreamOver } from "@/core/contracts/live";
import { liveChanges } from "@/server/api/live/changes";
import { limitedStream } from "@/server/api/live/limited-stream";
import type { OrganizationId } from "@/server/db/tenant";
import { openForNews } from "./open-conversation";
import { countRunsAmong } from "./repository";

/** A customer's page hears of everything within this, ms. */
const gatherMs = 300;
/** Pages that are open on one link at a time: phones, tabs, and some that are not closed yet. */
const maxOpen = 20;

export interface News {
  news: true;
  /** The last message of this stream. */
  over?: StreamOver;
}

/** Says that something in the conversation of this key changed, never what; the page then asks for what it shows. */
export async function* conversationNews(newsKey: string, signal: AbortSignal | undefined): AsyncGenerator<News> {
  const { conversation, actor } = await openForNews(newsKey);
  const { organizationId } = actor;
  yield* limitedStream<News>(
    {
      holder: `conversation ${conversation.id}`,
      organizationId,
      most: maxOpen,
      messages: (until) => newsOf({ conversationId: conversation.id, organizationId }, until),
      goodbye: (over) => ({ news: true, over }),
    },
    signal,
  );
}

interface Listened {
  conversationId: string;
  organizationId: OrganizationId;
}

async function* newsOf({ conversationId, organizationId }: Listened, until: AbortSignal): AsyncGenerator<News> {
  const ours = [liveKinds.everything, liveKinds.runs, `conversation:${conversationId}`];
  const isOurs = async ({ runIds, kinds }: LiveChange): Promise<boolean> =>
    kinds.some((kind) => ours.includes(kind)) ||
    (runIds.length > 0 && (await countRunsAmong(organizationId, conversationId, runIds)) > 0);
  const left = new AbortController();
  const changes = liveChanges(organizationId, AbortSignal.any([left.signal, until]), gatherMs);
  try {
    let next = changes.next();
    // Listening from here on: what happened before is in what the page asks for now.
    yield { news: true };
    for (let change = await next; !change.done; change = await next) {
      next = changes.next();
      if (await isOurs(change.value)) yield { news: true };
    }
  } finally {
    left.abort();
  }
}
