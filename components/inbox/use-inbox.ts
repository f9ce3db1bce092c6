import { skipToken, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useDeferredValue } from "react";
import type { InboxItem } from "@/core/contracts/inbox";
import { useTRPC } from "@/components/trpc";
import { filterOf, type InboxPlace } from "./inbox-place";

const mostSearched = 200;

/** What the list shows, and how it stands. */
export interface Listing {
  /** Whether the items are those that were asked for, and not those from before. */
  isSettled: boolean;
  /** Null until they came. */
  items: InboxItem[] | null;
  problem: string | null;
  retry: () => void;
  more: { busy: boolean; load: () => void } | null;
}

/** The cards of a place that contain what is searched for, page after page. */
export function useInbox(place: InboxPlace, search: string, enabled = true): Listing {
  const api = useTRPC();
  const asked = useDeferredValue(searchable(search));
  const pages = useInfiniteQuery(
    api.inbox.list.infiniteQueryOptions(
      { view: place.view, sort: place.sort, filter: filterOf(place), ...(asked !== "" && { search: asked }) },
      {
        enabled,
        getNextPageParam: (page) => page.nextCursor,
        // What was there stays while what is searched for is looked up; nothing of the other view does.
        placeholderData: (before, query) => (viewOf(query?.queryKey) === place.view ? before : undefined),
      },
    ),
  );
  return {
    isSettled: !pages.isPlaceholderData,
    items: pages.data?.pages.flatMap(({ items }) => items) ?? null,
    problem: pages.data ? null : (pages.error?.message ?? null),
    retry: () => void pages.refetch(),
    more: pages.hasNextPage ? { busy: pages.isFetchingNextPage, load: () => void pages.fetchNextPage() } : null,
  };
}

/** Which view a query is about; its key is tRPC's: the path, then the input. */
function viewOf([, options]: readonly unknown[] = []): unknown {
  if (typeof options !== "object" || options === null || !("input" in options)) return undefined;
  const { input } = options;
  return typeof input === "object" && input !== null && "view" in input ? input.view : undefined;
}

/** What the server looks for: no more than it takes, and nothing that cannot be in a text. */
export function searchable(search: string): string {
  return search
    .replaceAll(/\p{Cc}/gu, "")
    .trim()
    .slice(0, mostSearched);
}

/** What is open, unfolded; nothing for null. */
export function useInboxItem(id: string | null) {
  const api = useTRPC();
  return useQuery(api.inbox.get.queryOptions(id === null ? skipToken : { id }));
}
