"use client";
import { useRef, useState } from "react";
import type { PublishReviewItem } from "@/core/contracts/draft";
import { Button } from "@/components/ui/button";
import { useShortcuts } from "@/components/ui/use-shortcuts";
import { CommentField } from "./comment-field";
import { DecisionBar } from "./decision-bar";
import { isAtAnotherCard } from "./inbox-focus";
import { ResultNotice } from "./result-notice";
import type { DecisionResult } from "./use-decision";
import { useRested } from "./use-rested";
import type { ReviewDecision } from "./use-review";

interface ReviewActionsProps {
  review: PublishReviewItem;
  busy: boolean;
  problem: DecisionResult | null;
  /** `A` and `R` work, as everywhere in the inbox. */
  shortcuts?: boolean;
  onDecide: (decision: ReviewDecision) => void;
  onWithdraw: (id: string) => void;
}

/** Approve & publish, reject, withdraw; or why the person looking cannot decide. A rejection says why. */
export function ReviewActions({ review, busy, problem, shortcuts = false, onDecide, onWithdraw }: ReviewActionsProps) {
  const [comment, setComment] = useState("");
  const [tried, setTried] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  const text = comment.trim();
  const decide = (decision: ReviewDecision["decision"]) => {
    setTried(decision === "reject");
    if (decision === "approve" || text !== "") onDecide({ id: review.id, decision, comment: text });
    else box.current?.focus();
  };
  const mayDecide = review.status === "pending" && review.blocked === null;
  const resting = !useRested(review);
  const part = useRef<HTMLDivElement>(null);
  useShortcuts(
    shortcuts && mayDecide && !busy && !resting,
    { approve: () => decide("approve"), reject: () => decide("reject") },
    { part, except: isAtAnotherCard },
  );
  if (review.status !== "pending") return null;
  const withdraw = review.mayWithdraw && (
    <Button busy={busy} className="max-sm:h-12 max-sm:w-full sm:self-start" onClick={() => onWithdraw(review.id)}>
      Withdraw the request
    </Button>
  );
  return (
    <div ref={part} className="flex flex-col gap-3">
      {problem !== null && <ResultNotice result={problem} />}
      {review.blocked !== null && <p className="text-ink-2">{review.blocked}</p>}
      {mayDecide && (
        <CommentField
          value={comment}
          hint="The person who asked reads it. Needed when you reject."
          error={tried && text === "" ? "Say what should change, so that it can be asked again." : null}
          box={box}
          onChange={setComment}
        />
      )}
      {mayDecide ? (
        <DecisionBar
          approve="Approve & publish"
          refused={null}
          busy={busy}
          resting={resting}
          keys={shortcuts}
          onApprove={() => decide("approve")}
          onReject={() => decide("reject")}
        >
          {withdraw}
        </DecisionBar>
      ) : (
        withdraw
      )}
    </div>
  );
}
