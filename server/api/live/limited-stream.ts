import type { StreamOver } from "@/core/contracts/live";
import { AppError } from "@/core/errors";
import { onAuthChange } from "@/server/db/live";
import { openStream, type StreamPlace } from "./open-streams";

interface LimitedStream<T> extends Omit<StreamPlace, "giveWay"> {
  /** Whose access it hangs on, and whether they still have it: asked at the beginning and whenever that may have changed. */
  access?: { userId: string; isStillOpen(): Promise<boolean> };
  messages(signal: AbortSignal): AsyncGenerator<T>;
  /** The last message, which says why there are no more. */
  goodbye(over: StreamOver): T;
}

/**
 * Messages to an open page, as long as it has a place among the open streams and its person is let in. A page is told why it ends,
 * because a stream that only breaks off, or is refused, is opened again and again by browsers.
 */
export async function* limitedStream<T>(
  { access, messages, goodbye, ...place }: LimitedStream<T>,
  signal: AbortSignal | undefined,
): AsyncGenerator<T> {
  const ending = new AbortController();
  const state: { over: StreamOver | null } = { over: null };
  const end = (over: StreamOver): void => {
    state.over ??= over;
    ending.abort();
  };
  const doubt = async (): Promise<void> => {
    // Nobody can tell at the moment: the page comes again, and is looked at again.
    const isOpen = await access?.isStillOpen().catch(() => null);
    if (isOpen === null) end("busy");
    if (isOpen === false) end("signed_out");
  };
  const leave = takePlace({
    ...place,
    giveWay: () => {
      end("replaced");
    },
  });
  if (!leave) {
    yield goodbye("busy");
    return;
  }
  const stopWatching = onAuthChange((userId) => {
    if (access && (userId === null || userId === access.userId)) void doubt();
  });
  try {
    // What changed between the door and here was not heard. Listening begins meanwhile, so that nothing is missed.
    void doubt();
    yield* messages(AbortSignal.any([ending.signal, ...(signal ? [signal] : [])]));
    if (state.over !== null) yield goodbye(state.over);
  } finally {
    stopWatching();
    leave();
  }
}

function takePlace(place: StreamPlace): (() => void) | null {
  try {
    return openStream(place);
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}
