"use client";
import { useContext } from "react";
import type { PublishReviewItem } from "@/core/contracts/draft";
import { BuilderContext } from "@/components/builder/state/use-builder";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { ReviewActions } from "@/components/inbox/review-actions";
import { ReviewFacts } from "@/components/inbox/review-facts";
import { reviewHeadline } from "@/components/inbox/review-words";
import { useReview } from "@/components/inbox/use-review";

/** A publish review, opened from the builder or the Versions tab. */
export function ReviewDialog({ review, onClose }: { review: PublishReviewItem; onClose: () => void }) {
  const builder = useContext(BuilderContext);
  const { decide, withdraw, busy, problem } = useReview(() => {
    void builder?.getState().reload();
    onClose();
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={reviewHeadline(review)}
      footer={<Button onClick={onClose}>Close</Button>}
    >
      <div className="flex flex-col gap-5">
        <ReviewFacts review={review} />
        <ReviewActions review={review} busy={busy} problem={problem} onDecide={decide} onWithdraw={withdraw} />
      </div>
    </Dialog>
  );
}
