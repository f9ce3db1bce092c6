"use client";
import type { PublishReviewItem } from "@/core/contracts/draft";
import type { InboxItem } from "@/core/contracts/inbox";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { SearchInput } from "@/components/ui/search-input";
import { SkeletonRows } from "@/components/ui/skeleton";
import { InboxFilters } from "./inbox-filters";
import { InboxList } from "./inbox-list";
import { inboxHref, isNarrowed, type InboxPlace } from "./inbox-place";
import { InboxSections } from "./inbox-sections";
import { UndecidableList } from "./undecidable-list";
import type { Listing } from "./use-inbox";
import type { InboxSection } from "./use-inbox-groups";
import type { InboxSelection } from "./use-selection";

interface InboxBodyProps {
  place: InboxPlace;
  onPlace: (place: InboxPlace) => void;
  search: string;
  onSearch: (search: string) => void;
  list: Listing & { sections: InboxSection[] | null };
  /** Publish reviews that belong to what is listed. */
  reviews: readonly PublishReviewItem[];
  selection: InboxSelection;
  /** What is open. */
  shown: string | null;
}

/** Below the head of the list: what narrows it, and its cards. */
export function InboxBody({ place, onPlace, search, onSearch, list, reviews, selection, shown }: InboxBodyProps) {
  const { view } = place;
  const cards = (items: readonly InboxItem[], more: { reviews?: readonly PublishReviewItem[] } = {}) => (
    <InboxList
      items={items}
      {...more}
      view={view}
      search={search.trim()}
      isNarrowed={isNarrowed(place)}
      selectedId={shown}
      hrefOf={(key) => inboxHref(place, key)}
      selectingOf={selection.of}
    />
  );
  const fold = (slug: string) => {
    const open = (list.sections ?? []).filter(({ isUnfolded }) => isUnfolded).map((section) => section.slug);
    onPlace({ ...place, unfolded: open.includes(slug) ? open.filter((each) => each !== slug) : [...open, slug] });
  };
  return (
    <div className="flex flex-col gap-3 px-4 pb-6" aria-live="polite">
      {view === "pending" && (
        <UndecidableList limit={20} heading={(title) => <h2 className="mb-2 text-dense font-semibold">{title}</h2>} />
      )}
      <SearchInput
        label="Search the inbox"
        placeholder="Who, what or which workflow"
        value={search}
        onChange={onSearch}
        className="block"
      />
      {view === "pending" && <InboxFilters place={place} onChoose={onPlace} />}
      {list.sections !== null && list.sections.length > 0 ? (
        <>
          {reviews.length > 0 && cards([], { reviews })}
          <InboxSections sections={list.sections} onFold={fold}>
            {(items) => cards(items)}
          </InboxSections>
        </>
      ) : list.items ? (
        cards(list.items, { reviews })
      ) : list.problem !== null ? (
        <ErrorState title="The inbox did not load" message={list.problem} onRetry={list.retry} />
      ) : (
        <SkeletonRows label="Loading decisions" />
      )}
      {list.more && (
        <Button className="self-center" busy={list.more.busy} onClick={list.more.load}>
          Show more
        </Button>
      )}
    </div>
  );
}
