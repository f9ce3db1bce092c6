import { subscribeLive } from "@/server/db/live";
import type { OrganizationId } from "@/server/db/tenant";

export interface Changes {
  runIds: string[];
  kinds: string[];
}

/** A burst of commits becomes one message. */
const gatherMs = 50;
const maxRunIds = 200;

/** Yields what changed in the organization, gathered over a moment, until the reader goes away. */
export async function* liveChanges(
  organizationId: OrganizationId,
  signal: AbortSignal | undefined,
): AsyncGenerator<Changes> {
  const runIds = new Set<string>();
  const kinds = new Set<string>();
  let wake: (() => void) | null = null;
  const unsubscribe = subscribeLive(organizationId, (change) => {
    // Beyond that many the page reads everything again anyway.
    for (const id of change.runIds) if (runIds.size < maxRunIds) runIds.add(id);
    for (const kind of change.kinds) kinds.add(kind);
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
      yield { runIds: [...runIds], kinds: [...kinds] };
      runIds.clear();
      kinds.clear();
    }
  } finally {
    signal?.removeEventListener("abort", onAbort);
    unsubscribe();
  }
}
