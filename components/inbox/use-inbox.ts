import { keepPreviousData, skipToken, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useDeferredValue } from "react";
import { useTRPC } from "@/components/trpc";
import type { InboxView } from "./inbox-list";

/** The cards of a view that contain what is searched for, page after page. */
export function useInbox(view: InboxView, search: string) {
  const api = useTRPC();
  const asked = useDeferredValue(search.trim());
  const pages = useInfiniteQuery(
    // What was there stays while what is searched for is looked up.
    api.inbox.list.infiniteQueryOptions(
      { view, ...(asked !== "" && { search: asked }) },
      { getNextPageParam: (page) => page.nextCursor, placeholderData: keepPreviousData },
    ),
  );
  return {
    /** Null until they came. */
    items: pages.data?.pages.flatMap(({ items }) => items) ?? null,
    problem: pages.data ? null : (pages.error?.message ?? null),
    retry: () => void pages.refetch(),
    more: pages.hasNextPage ? { busy: pages.isFetchingNextPage, load: () => void pages.fetchNextPage() } : null,
  };
}

/** What is open, unfolded; nothing for null. */
export function useInboxItem(id: string | null) {
  const api = useTRPC();
  return useQuery(api.inbox.get.queryOptions(id === null ? skipToken : { id }));
}
