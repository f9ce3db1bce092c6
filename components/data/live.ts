import { useQueryClient } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import { useTRPC } from "@/components/trpc";

/** Asks again for what the open page shows as soon as something in the organization changes. */
export function useLive(): void {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const refresh = () => void queryClient.invalidateQueries();
  // Once more on every connection: what happened while there was none would otherwise be missed.
  useSubscription(trpc.live.changes.subscriptionOptions(undefined, { onStarted: refresh, onData: refresh }));
}
