import { useQueryClient } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import { useEffect } from "react";
import { useTRPC } from "@/components/trpc";

/** How changes of a draft are announced: `draft:<workflow id>`. Only its open builders care. */
const draftPrefix = "draft:";
const draftListeners = new Map<string, Set<() => void>>();

/** Asks again for what the open page shows as soon as something in the organization changes. */
export function useLive(): void {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const refresh = () => void queryClient.invalidateQueries();
  useSubscription(
    trpc.live.changes.subscriptionOptions(undefined, {
      // Once more on every connection: what happened while there was none would otherwise be missed.
      onStarted: () => {
        refresh();
        for (const listeners of draftListeners.values()) for (const listener of listeners) listener();
      },
      onData: ({ runIds, kinds }) => {
        for (const kind of kinds)
          if (kind.startsWith(draftPrefix))
            for (const listener of draftListeners.get(kind.slice(draftPrefix.length)) ?? []) listener();
        // Somebody types in a builder: no reason to read every page again.
        if (runIds.length > 0 || kinds.some((kind) => !kind.startsWith(draftPrefix))) refresh();
      },
    }),
  );
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
