import { clsx } from "clsx";
import Link from "next/link";
import type { PublishReviewItem } from "@/core/contracts/draft";
import { changeCountWords } from "@/components/changes/change-list";
import { Card } from "@/components/ui/card";
import { DottedLine } from "@/components/ui/dotted-line";
import { RelativeTime } from "@/components/ui/relative-time";
import { reviewHeadline } from "./review-words";

/** Somebody asks to publish; it waits for a second person. */
export function ReviewCard({
  review,
  id,
  href,
  selected,
}: {
  review: PublishReviewItem;
  /** Its key among the decisions of the inbox. */
  id: string;
  href: string;
  selected: boolean;
}) {
  return (
    <Card
      bar="person"
      className={clsx(
        "transition-colors duration-[120ms] hover:border-control",
        selected && "md:border-ink-2 md:bg-sunken",
      )}
    >
      <Link
        href={href}
        scroll={false}
        replace={selected}
        data-approval={id}
        aria-current={selected ? "true" : undefined}
        className="block rounded-card px-4 py-3 focus-visible:-outline-offset-2"
      >
        <span className="block text-reading font-semibold [overflow-wrap:anywhere]">{reviewHeadline(review)}</span>
        <DottedLine
          className="mt-1 text-dense text-ink-2"
          parts={[
            changeCountWords(review.changes.length),
            <RelativeTime key="asked" at={review.createdAt} prefix="Asked " />,
          ]}
        />
      </Link>
    </Card>
  );
}
