import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { mostLookedAfter, type InboxLooker } from "@/core/contracts/inbox";
import { useTRPC, useTRPCClient } from "@/components/trpc";
import { openDecisionId } from "./inbox-focus";

/** How often a tab says that it is still there, ms. */
const sayEveryMs = 10_000;
/** Whoever only passes over an item does not look at it, ms. */
const restingMs = 300;

/**
 * Says what this tab has open (null: nothing), and gives who else has which of these open. `isChosen`: somebody opened it; a narrow
 * screen shows its list until then.
 */
export function useLookers(
  open: string | null,
  isChosen: boolean,
  ids: readonly string[],
): ReadonlyMap<string, readonly InboxLooker[]> {
  const api = useTRPC();
  const client = useTRPCClient();
  const [clientId] = useState(() => crypto.randomUUID());
  useEffect(() => {
    const say = () => {
      const isSeen = document.getElementById(openDecisionId)?.checkVisibility() === true;
      void client.inbox.lookAt.mutate({ clientId, id: isSeen ? open : null }).catch(() => undefined);
    };
    const soon = setTimeout(say, restingMs);
    const timer = setInterval(say, sayEveryMs);
    return () => {
      clearTimeout(soon);
      clearInterval(timer);
    };
  }, [client, clientId, open, isChosen]);
  useEffect(() => {
    const leave = () => void client.inbox.lookAway.mutate({ clientId }).catch(() => undefined);
    window.addEventListener("pagehide", leave);
    return () => {
      window.removeEventListener("pagehide", leave);
      leave();
    };
  }, [client, clientId]);
  const asked = [...new Set([...(open === null ? [] : [open]), ...ids])].slice(0, mostLookedAfter).toSorted();
  const lookers = useQuery(api.inbox.lookers.queryOptions({ ids: asked }, { enabled: asked.length > 0 }));
  const byItem = new Map<string, InboxLooker[]>();
  for (const looker of lookers.data?.items ?? [])
    byItem.set(looker.itemId, [...(byItem.get(looker.itemId) ?? []), looker]);
  return byItem;
}
