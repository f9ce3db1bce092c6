import type { PublishReviewItem } from "@/core/contracts/draft";
import { changeCountWords } from "@/components/changes/change-list";
import { RelativeTime } from "@/components/ui/relative-time";
import { DecisionCard } from "./decision-card";
import { reviewHeadline } from "./review-words";

interface ReviewCardProps {
  review: PublishReviewItem;
  /** Its key among the decisions of the inbox. */
  id: string;
  href: string;
  selected: boolean;
}

/** Somebody asks to publish; it waits for a second person. */
export function ReviewCard({ review, ...place }: ReviewCardProps) {
  return (
    <DecisionCard
      {...place}
      open
      headline={reviewHeadline(review)}
      facts={[
        changeCountWords(review.changes.length),
        <RelativeTime key="asked" at={review.createdAt} prefix="Asked " />,
      ]}
    />
  );
}
