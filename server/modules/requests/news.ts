import type { LiveChange, StreamOver } from "@/core/contracts/live";
import { liveChanges } from "@/server/api/live/changes";
import { limitedStream } from "@/server/api/live/limited-stream";
import type { OrganizationId } from "@/server/db/tenant";

/** The page of somebody outside hears of everything within this, ms. */
const gatherMs = 300;
/** Pages that are open on one link at a time: phones, tabs, and some that are not closed yet. */
const maxOpen = 20;

export interface News {
  news: true;
  /** The last message of this stream. */
  over?: StreamOver;
}

interface Listened {
  organizationId: OrganizationId;
  /** Of what: pages of the same are counted together. */
  holder: string;
  isOurs(change: LiveChange): boolean | Promise<boolean>;
}

/** Says that something changed, never what; the page then asks for what it shows. */
export async function* newsOf(
  { organizationId, holder, isOurs }: Listened,
  signal: AbortSignal | undefined,
): AsyncGenerator<News> {
  yield* limitedStream<News>(
    {
      holder,
      organizationId,
      most: maxOpen,
      messages: (until) => heard({ organizationId, isOurs }, until),
      goodbye: (over) => ({ news: true, over }),
    },
    signal,
  );
}

async function* heard(
  { organizationId, isOurs }: Pick<Listened, "organizationId" | "isOurs">,
  until: AbortSignal,
): AsyncGenerator<News> {
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
