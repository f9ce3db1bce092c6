import { liveKinds, type LiveChange } from "@/core/contracts/live";
import { subscribeLive } from "@/server/db/live";
import type { OrganizationId } from "@/server/db/tenant";

/** A burst of commits becomes one message. */
const shortMs = 50;
/** More are not named one by one. */
const maxRunIds = 200;

/**
 * Yields what changed in the organization, gathered over a moment, until the reader goes away. A reader that is slow gets one
 * message about all that happened meanwhile.
 */
export async function* liveChanges(
  organizationId: OrganizationId,
  signal: AbortSignal | undefined,
  gatherMs = shortMs,
): AsyncGenerator<LiveChange> {
  const runIds = new Set<string>();
  const kinds = new Set<string>();
  let wake: (() => void) | null = null;
  const unsubscribe = subscribeLive(organizationId, (change) => {
    for (const kind of change.kinds) kinds.add(kind);
    for (const id of change.runIds) runIds.add(id);
    if (runIds.size > maxRunIds) {
      runIds.clear();
      kinds.add(liveKinds.runs);
    }
    wake?.();
  });
  const onAbort = (): void => wake?.();
  signal?.addEventListener("abort", onAbort);
  try {
    while (!signal?.aborted) {
      if (runIds.size === 0 && kinds.size === 0)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      if (signal?.aborted) return;
      await new Promise((resolve) => setTimeout(resolve, gatherMs));
      // Whoever lost their access meanwhile hears of nothing any more.
      if (signal?.aborted) return;
      const gathered = { runIds: [...runIds], kinds: [...kinds] };
      // Before the yield: what comes while the reader is busy belongs to the next message.
      runIds.clear();
      kinds.clear();
      yield gathered;
    }
  } finally {
    signal?.removeEventListener("abort", onAbort);
    unsubscribe();
  }
}
