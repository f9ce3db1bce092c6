import type { PublishReviewItem } from "@/core/contracts/draft";
import { RelativeTime } from "@/components/ui/relative-time";
import { ChangeList, changeCountWords } from "@/components/changes/change-list";
import { reviewStatusWords } from "./review-words";

/** Who asks to publish what, and how it ended. */
export function ReviewFacts({ review }: { review: PublishReviewItem }) {
  return (
    <div className="flex flex-col gap-4">
      <p className="text-ink-2">
        Asked by {review.requestedBy.name} <RelativeTime at={review.createdAt} />
      </p>
      {review.note !== "" && <p className="[overflow-wrap:anywhere]">“{review.note}”</p>}
      <section>
        <h3 className="mb-1 font-semibold">
          Changes <span className="ml-1 font-normal text-ink-3">{changeCountWords(review.changes.length)}</span>
        </h3>
        <ChangeList changes={review.changes} label="Changes" />
      </section>
      {review.status !== "pending" && (
        <p className="rounded-control bg-quiet-tint px-3 py-2">
          {reviewStatusWords(review)}
          {review.decidedAt !== null && (
            <>
              {" "}
              <RelativeTime at={review.decidedAt} />
            </>
          )}
          {review.comment !== null && review.comment !== "" && ` “${review.comment}”`}
        </p>
      )}
    </div>
  );
}
