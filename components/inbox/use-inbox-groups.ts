import { keepPreviousData, useQueries, useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import type { InboxGroup, InboxItem } from "@/core/contracts/inbox";
import { sentAlone } from "@/components/data/sent-alone";
import { useTRPC } from "@/components/trpc";
import { filterOf, type InboxPlace } from "./inbox-place";
import { searchable, type Listing } from "./use-inbox";

/** Groups that are unfolded where nobody chose. */
const unfoldedAtFirst = 5;
const pageSize = 20;
const mostOfGroup = 200;

/** The cards of one workflow. */
export interface InboxSection extends InboxGroup {
  isUnfolded: boolean;
  /** Null until they came. */
  items: InboxItem[] | null;
  more: Listing["more"];
}

/** The same as `useInbox`, by workflow: each unfolded group is asked for by itself, and what is folded is not. */
export function useInboxGroups(
  place: InboxPlace,
  search: string,
  enabled: boolean,
): Listing & { sections: InboxSection[] } {
  const api = useTRPC();
  const asked = useDeferredValue(searchable(search));
  const [sizes, setSizes] = useState<Readonly<Record<string, number>>>({});
  const filter = filterOf(place);
  const narrowed = { filter, ...(asked !== "" && { search: asked }) };
  const found = useQuery(
    api.inbox.groups.queryOptions(narrowed, { enabled, placeholderData: keepPreviousData, trpc: sentAlone }),
  );
  const groups = (enabled && found.data?.groups) || [];
  const isUnfolded = ({ slug }: InboxGroup, index: number): boolean =>
    place.unfolded === null ? index < unfoldedAtFirst : place.unfolded.includes(slug);
  const sizeOf = (slug: string): number => sizes[slug] ?? pageSize;
  const unfolded = groups.filter(isUnfolded);
  const lists = useQueries({
    queries: unfolded.map(({ slug }) =>
      api.inbox.list.queryOptions(
        { ...narrowed, view: place.view, sort: place.sort, filter: { ...filter, workflow: slug }, limit: sizeOf(slug) },
        { placeholderData: keepPreviousData },
      ),
    ),
  });
  const sections = groups.map((group, index): InboxSection => {
    const list = isUnfolded(group, index) ? lists[unfolded.indexOf(group)] : undefined;
    const size = sizeOf(group.slug);
    const hasMore = typeof list?.data?.nextCursor === "string" && size < mostOfGroup;
    return {
      ...group,
      isUnfolded: list !== undefined,
      // What stood at this place before may be another group's.
      items: list?.data?.items.filter(({ workflow }) => workflow.slug === group.slug) ?? null,
      more: hasMore
        ? {
            busy: list.isFetching,
            load: () => setSizes({ ...sizes, [group.slug]: Math.min(size + 40, mostOfGroup) }),
          }
        : null,
    };
  });
  const failed = found.error ?? lists.find(({ data, error }) => data === undefined && error !== null)?.error;
  const isComplete = found.data !== undefined && lists.every(({ data }) => data !== undefined);
  return {
    sections,
    isSettled: !found.isPlaceholderData && lists.every(({ isPlaceholderData }) => !isPlaceholderData),
    items: isComplete ? sections.flatMap(({ items }) => items ?? []) : null,
    problem: isComplete ? null : (failed?.message ?? null),
    retry: () => {
      void found.refetch();
      for (const list of lists) void list.refetch();
    },
    more: null,
  };
}
