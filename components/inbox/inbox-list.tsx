import { Inbox, SearchX } from "lucide-react";
import type { PublishReviewItem } from "@/core/contracts/draft";
import type { InboxItem } from "@/core/contracts/inbox";
import { EmptyState } from "@/components/ui/empty-state";
import { AskCard } from "./asks/ask-card";
import { InboxCard } from "./inbox-card";
import { RepairCard } from "./repairs/repair-card";
import { ReviewCard } from "./review-card";

export type InboxView = "pending" | "decided";

const reviewPrefix = "review:";

/** Publish reviews stand in the same list as what runs ask: their keys say what they are. */
export function reviewKey(id: string): string {
  return `${reviewPrefix}${id}`;
}

/** The address of the inbox with one of its items, or a publish review, open. */
export function inboxHref(view: InboxView, key: string | null): string {
  const query = new URLSearchParams();
  if (view === "decided") query.set("view", view);
  if (key?.startsWith(reviewPrefix)) query.set("review", key.slice(reviewPrefix.length));
  else if (key !== null) query.set("id", key);
  return query.size === 0 ? "/inbox" : `/inbox?${query.toString()}`;
}

export function InboxList({
  items,
  reviews = [],
  view,
  search = "",
  selectedId,
}: {
  items: readonly InboxItem[];
  /** Publish reviews that wait, on top. */
  reviews?: readonly PublishReviewItem[];
  view: InboxView;
  /** What they were searched by. */
  search?: string;
  /** Of a review its key. */
  selectedId: string | null;
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
                href={inboxHref(view, reviewKey(review.id))}
                selected={reviewKey(review.id) === selectedId}
              />
            </li>
          ))}
        </ul>
        {items.length > 0 && (
          <>
            <h2 className="mt-2 text-dense font-semibold">Asked by runs</h2>
            <InboxList items={items} view={view} search={search} selectedId={selectedId} />
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
          <Card item={item} href={inboxHref(view, item.id)} selected={item.id === selectedId} />
        </li>
      ))}
    </ul>
  );
}

function Card({ item, ...card }: { item: InboxItem; href: string; selected: boolean }) {
  if (item.kind === "failed") return <RepairCard item={item} {...card} />;
  return item.kind === "approval" ? <InboxCard item={item} {...card} /> : <AskCard item={item} {...card} />;
}
