import { liveKinds, type LiveChange } from "@/core/contracts/live";
import { AppError } from "@/core/errors";
import { liveChanges } from "@/server/api/live/changes";
import { openForNews } from "./open-conversation";
import { countRunsAmong } from "./repository";

/** A customer's page hears of everything within this, ms. */
const gatherMs = 300;
/** Pages that are open on one link at a time: phones, tabs, and some that are not closed yet. */
const maxOpen = 20;
const openPages = new Map<string, number>();

/** Says that something in the conversation of this key changed, never what; the page then asks for what it shows. */
export async function* conversationNews(
  newsKey: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<{ news: true }> {
  const { conversation, actor } = await openForNews(newsKey);
  const { organizationId } = actor;
  const isOurs = async ({ runIds, kinds }: LiveChange): Promise<boolean> =>
    kinds.some((kind) => [liveKinds.everything, liveKinds.runs, `conversation:${conversation.id}`].includes(kind)) ||
    (runIds.length > 0 && (await countRunsAmong(organizationId, conversation.id, runIds)) > 0);
  const leave = enter(conversation.id);
  const left = new AbortController();
  const changes = liveChanges(organizationId, AbortSignal.any([left.signal, ...(signal ? [signal] : [])]), gatherMs);
  try {
    let next = changes.next();
    // Listening from here on: what happened before is in what the page asks for now.
    yield { news: true };
    for (let change = await next; !change.done; change = await next) {
      next = changes.next();
      if (await isOurs(change.value)) yield { news: true };
    }
  } finally {
    leave();
    left.abort();
  }
}

function enter(link: string): () => void {
  const open = openPages.get(link) ?? 0;
  if (open >= maxOpen)
    throw new AppError("rate_limited", "This conversation is open in too many places. Close some of them.", [], {
      retryAfterSeconds: 30,
    });
  openPages.set(link, open + 1);
  return () => {
    const left = (openPages.get(link) ?? 1) - 1;
    if (left > 0) openPages.set(link, left);
    else openPages.delete(link);
  };
}
