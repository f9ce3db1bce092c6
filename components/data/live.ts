import { useQueryClient } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import { useEffect, useState } from "react";
import { liveKinds } from "@/core/contracts/live";
import { useTRPC } from "@/components/trpc";
import { createLiveRefresh } from "./live-refresh";
import { isStaleAfter } from "./stale-queries";
import { useStreamPause } from "./use-stream-pause";

/** How changes of a draft are announced: `draft:<workflow id>`. Only its open builders care. */
const draftPrefix = "draft:";
const draftListeners = new Map<string, Set<() => void>>();
const everything = { runIds: [], kinds: [liveKinds.everything] };

/** Asks again for what the open page shows and a change in the organization made stale. */
export function useLive(): void {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [refresh] = useState(() => createLiveRefresh(queryClient));
  useEffect(() => refresh.stop, [refresh]);
  const { isPaused, end } = useStreamPause();
  useSubscription(
    trpc.live.changes.subscriptionOptions(undefined, {
      enabled: !isPaused,
      // Once more on every connection: what happened while there was none would otherwise be missed.
      onStarted: () => {
        refresh.news(isStaleAfter(everything));
        for (const workflowId of draftListeners.keys()) tellDraft(workflowId);
      },
      onData: (change) => {
        if (change.over !== undefined) {
          end(change.over);
          // The pages ask once more, and hear that they have to sign in.
          if (change.over === "signed_out") refresh.news(isStaleAfter(everything));
          return;
        }
        refresh.news(isStaleAfter(change));
        for (const kind of change.kinds) {
          if (kind.startsWith(draftPrefix)) tellDraft(kind.slice(draftPrefix.length));
          if (kind === liveKinds.everything) for (const workflowId of draftListeners.keys()) tellDraft(workflowId);
        }
      },
    }),
  );
}

function tellDraft(workflowId: string): void {
  for (const listener of draftListeners.get(workflowId) ?? []) listener();
}

/** Calls back when somebody, this tab included, changed the workflow's draft or who is there. Needs `useLive` on the page. */
export function useDraftChanges(workflowId: string, onChange: () => void): void {
  useEffect(() => {
    const listeners = draftListeners.get(workflowId) ?? new Set();
    draftListeners.set(workflowId, listeners);
    listeners.add(onChange);
    return () => {
      listeners.delete(onChange);
      if (listeners.size === 0) draftListeners.delete(workflowId);
    };
  }, [workflowId, onChange]);
}
