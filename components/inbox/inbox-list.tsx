import { Inbox, SearchX } from "lucide-react";
import type { PublishReviewItem } from "@/core/contracts/draft";
import type { InboxItem } from "@/core/contracts/inbox";
import { EmptyState } from "@/components/ui/empty-state";
import { AskCard } from "./asks/ask-card";
import { InboxCard } from "./inbox-card";
import { reviewKey, type InboxView } from "./inbox-place";
import { RepairCard } from "./repairs/repair-card";
import { ReviewCard } from "./review-card";
import type { Selecting } from "./select-box";

export function InboxList({
  items,
  reviews = [],
  view,
  search = "",
  isNarrowed = false,
  selectedId,
  hrefOf,
  selectingOf = () => null,
}: {
  items: readonly InboxItem[];
  /** Publish reviews that wait, on top. */
  reviews?: readonly PublishReviewItem[];
  view: InboxView;
  /** What they were searched by. */
  search?: string;
  /** Only a part of what there is was asked for. */
  isNarrowed?: boolean;
  /** Of a review its key. */
  selectedId: string | null;
  /** The address with this one open. */
  hrefOf: (key: string) => string;
  selectingOf?: (item: InboxItem) => Selecting | null;
}) {
  if (reviews.length > 0)
    return (
      <>
        <h2 className="text-dense font-semibold">Publish reviews</h2>
        <ul aria-label="Publish reviews" className="flex flex-col gap-2">
          {reviews.map((review) => (
            <li key={review.id}>
              <ReviewCard
                review={review}
                id={reviewKey(review.id)}
                href={hrefOf(reviewKey(review.id))}
                selected={reviewKey(review.id) === selectedId}
              />
            </li>
          ))}
        </ul>
        {items.length > 0 && (
          <>
            <h2 className="mt-2 text-dense font-semibold">Asked by runs</h2>
            <InboxList
              items={items}
              view={view}
              search={search}
              selectedId={selectedId}
              hrefOf={hrefOf}
              selectingOf={selectingOf}
            />
          </>
        )}
      </>
    );
  if (items.length === 0 && search !== "")
    return (
      <EmptyState icon={SearchX} title={`Nothing here contains “${search}”`}>
        Search for who asked, for words of the request, or for the workflow's name.
      </EmptyState>
    );
  if (items.length === 0 && isNarrowed)
    return (
      <EmptyState icon={SearchX} title="Nothing here is like that">
        Choose another workflow or kind above, or show everything.
      </EmptyState>
    );
  if (items.length === 0)
    return view === "pending" ? (
      <EmptyState icon={Inbox} title="Nothing waits for you.">
        As soon as something does, it stands here and in this tab's title.
      </EmptyState>
    ) : (
      <EmptyState icon={Inbox} title="No decisions yet">
        What you and your colleagues decide is listed here.
      </EmptyState>
    );
  return (
    <ul className="flex flex-col gap-2">
      {items.map((item) => (
        <li key={item.id}>
          <Card item={item} href={hrefOf(item.id)} selected={item.id === selectedId} selecting={selectingOf(item)} />
        </li>
      ))}
    </ul>
  );
}

function Card({
  item,
  selecting,
  ...card
}: {
  item: InboxItem;
  href: string;
  selected: boolean;
  selecting: Selecting | null;
}) {
  if (item.kind === "failed") return <RepairCard item={item} {...card} />;
  return item.kind === "approval" ? (
    <InboxCard item={item} selecting={selecting} {...card} />
  ) : (
    <AskCard item={item} {...card} />
  );
}
