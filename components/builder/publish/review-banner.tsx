"use client";
import { Hand } from "lucide-react";
import { useState } from "react";
import type { PublishReviewItem } from "@/core/contracts/draft";
import { useBuilderStore } from "@/components/builder/state/use-builder";
import { Button } from "@/components/ui/button";
import { RelativeTime } from "@/components/ui/relative-time";
import { ResultNotice } from "@/components/inbox/result-notice";
import { useReview } from "@/components/inbox/use-review";
import { ReviewDialog } from "./review-dialog";

/** A frozen draft waits for a second person: for those who asked, for those who may decide, and for everybody else. */
export function ReviewBanner({ review }: { review: PublishReviewItem }) {
  const store = useBuilderStore();
  const [open, setOpen] = useState(false);
  const { withdraw, busy, problem } = useReview(() => void store.getState().reload());
  const mine = review.blocked === null;
  return (
    <section
      aria-label="Publish review"
      className={`mt-3 mb-1 flex flex-wrap items-center gap-x-3 gap-y-1 rounded-control px-3 py-1.5 text-dense ${mine ? "bg-person-tint text-person" : "border border-hairline bg-sunken"}`}
    >
      <Hand size={15} aria-hidden className="shrink-0" />
      <p className="min-w-0 flex-[1_1_200px]">
        {mine ? `${review.requestedBy.name} asks you to publish these changes` : "Waiting for a second person"}{" "}
        <RelativeTime at={review.createdAt} prefix={mine ? "" : "since "} />. What is edited from now on is not part of
        it.
      </p>
      <span className="flex items-center gap-1">
        <Button look={mine ? "outline" : "quiet"} size="dense" aria-haspopup="dialog" onClick={() => setOpen(true)}>
          {mine ? "Review" : "View request"}
        </Button>
        {review.mayWithdraw && (
          <Button look="quiet" size="dense" busy={busy} onClick={() => withdraw(review.id)}>
            Withdraw
          </Button>
        )}
      </span>
      {problem !== null && (
        <span className="basis-full">
          <ResultNotice result={problem} />
        </span>
      )}
      {open && <ReviewDialog review={review} onClose={() => setOpen(false)} />}
    </section>
  );
}
