import { skipToken, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useDeferredValue } from "react";
import { useTRPC } from "@/components/trpc";
import type { InboxView } from "./inbox-list";

const mostSearched = 200;

/** The cards of a view that contain what is searched for, page after page. */
export function useInbox(view: InboxView, search: string) {
  const api = useTRPC();
  const asked = useDeferredValue(searchable(search));
  const pages = useInfiniteQuery(
    api.inbox.list.infiniteQueryOptions(
      { view, ...(asked !== "" && { search: asked }) },
      {
        getNextPageParam: (page) => page.nextCursor,
        // What was there stays while what is searched for is looked up; nothing of the other view does.
        placeholderData: (before, query) => (viewOf(query?.queryKey) === view ? before : undefined),
      },
    ),
  );
  return {
    /** Whether the items are those that were asked for, and not those from before. */
    isSettled: !pages.isPlaceholderData,
    /** Null until they came. */
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
