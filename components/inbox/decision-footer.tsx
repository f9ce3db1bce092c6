"use client";
import { useEffect, useRef } from "react";
import type { ApprovalItem } from "@/core/contracts/approval";
import { undecidableWords } from "@/core/contracts/undecidable";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { Notice } from "@/components/ui/notice";
import { CommentField } from "./comment-field";
import { DecisionBar } from "./decision-bar";

interface DecisionFooterProps {
  item: ApprovalItem;
  comment: string;
  commentOpen: boolean;
  /** Why the comment is needed before approving, when it is missing. */
  commentProblem: string | null;
  busy: boolean;
  /** It has only just appeared, or changed. */
  resting: boolean;
  onComment: (comment: string) => void;
  onToggleComment: () => void;
  onApprove: () => void;
  onReject: () => void;
  onReassign: () => void;
}

/** Stays at the bottom of the open approval. */
export function DecisionFooter(props: DecisionFooterProps) {
  const { item, commentOpen, busy } = props;
  const refused = item.canDecide ? null : (item.cannotDecideReason ?? "You are not asked to decide this one.");
  return (
    <div className="border-t bg-surface px-4 py-3 md:px-6">
      <div className="mx-auto flex max-w-[680px] flex-col gap-3">
        {commentOpen && refused === null && <CommentBox {...props} />}
        <TwoPeople item={item} />
        {item.undecidable && (
          <Notice tone="failed">{undecidableWords("approval", item.undecidable, item.assignTo)}</Notice>
        )}
        {refused !== null && item.undecidable === null && <p className="text-dense text-ink-2">{refused}</p>}
        <DecisionBar
          approve="Approve"
          refused={refused}
          busy={busy}
          resting={props.resting}
          keys
          onApprove={props.onApprove}
          onReject={props.onReject}
        >
          <Button
            look="quiet"
            disabled={refused !== null}
            aria-expanded={commentOpen}
            aria-keyshortcuts="c"
            onClick={props.onToggleComment}
            className="max-sm:h-12"
          >
            Comment <Kbd>C</Kbd>
          </Button>
          {item.mayReassign && (
            <Button
              look={item.undecidable ? "outline" : "quiet"}
              disabled={busy}
              onClick={props.onReassign}
              className="max-sm:h-12 sm:ml-auto"
            >
              Reassign
            </Button>
          )}
        </DecisionBar>
      </div>
    </div>
  );
}

/** Why one approval is not enough here, and who gave the first. */
function TwoPeople({ item }: { item: ApprovalItem }) {
  const { decisionsNeeded, firstDecision } = item;
  if (decisionsNeeded < 2) return null;
  const words = firstDecision
    ? `${firstDecision.name} approved this${firstDecision.comment === null ? "" : `: “${firstDecision.comment}”`}. One more person must approve it.`
    : "Nobody can tell who asked for this, so two people must approve it.";
  return <p className="text-dense text-ink-2">{words}</p>;
}

function CommentBox({ comment, commentProblem, item, onComment }: DecisionFooterProps) {
  const box = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    box.current?.focus();
  }, []);
  return (
    <CommentField
      value={comment}
      hint="Colleagues see it; the requester does not."
      optional={!item.commentRequiredOn.includes("approved")}
      error={commentProblem}
      box={box}
      onChange={onComment}
    />
  );
}
