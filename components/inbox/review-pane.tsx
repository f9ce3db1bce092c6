"use client";
import { Link } from "@/components/ui/link";
import { useRef } from "react";
import type { PublishReviewItem } from "@/core/contracts/draft";
import { useFocusKept } from "./inbox-focus";
import { ReviewActions } from "./review-actions";
import { ReviewFacts } from "./review-facts";
import { reviewHeadline } from "./review-words";
import type { DecisionResult } from "./use-decision";
import type { ReviewDecision } from "./use-review";

interface ReviewPaneProps {
  review: PublishReviewItem;
  busy: boolean;
  problem: DecisionResult | null;
  /** Keys of one letter decide about it. */
  keys: boolean;
  onDecide: (decision: ReviewDecision) => void;
  onWithdraw: (id: string) => void;
}

/** One open publish review with its buttons. Give it a `key` per review: what was typed belongs to one only. */
export function ReviewPane({ review, busy, problem, keys, onDecide, onWithdraw }: ReviewPaneProps) {
  const pane = useRef<HTMLDivElement>(null);
  useFocusKept(pane);
  return (
    <div ref={pane} className="flex h-full min-h-0 flex-col">
      <div className="min-h-0 flex-1 overflow-y-auto px-4 py-5 md:px-6">
        <div className="mx-auto flex max-w-[680px] flex-col gap-4">
          <header>
            <h2 tabIndex={-1} className="rounded-chip text-heading font-semibold [overflow-wrap:anywhere]">
              {reviewHeadline(review)}
            </h2>
            <Link
              href={`/workflows/${review.workflow.slug}?tab=versions`}
              className="text-link underline underline-offset-2"
            >
              Open the workflow
            </Link>
          </header>
          <ReviewFacts review={review} />
        </div>
      </div>
      <div className="sticky bottom-14 low:static border-t bg-surface px-4 py-3 md:static md:px-6">
        <div className="mx-auto max-w-[680px]">
          <ReviewActions
            review={review}
            busy={busy}
            problem={problem}
            shortcuts={keys}
            onDecide={onDecide}
            onWithdraw={onWithdraw}
          />
        </div>
      </div>
    </div>
  );
}
