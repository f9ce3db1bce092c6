"use client";
import { useRef, useState } from "react";
import type { ApprovalContext as Context } from "@/core/contracts/approval";
import { ApprovalContext } from "./approval-context";
import { DecisionFooter } from "./decision-footer";
import { ReassignDialog } from "./reassign-dialog";
import { RejectDialog } from "./reject-dialog";
import type { DecisionInput } from "./use-decision";
import { useRested } from "./use-rested";
import { useShortcuts } from "./use-shortcuts";

interface ApprovalPaneProps {
  context: Context;
  busy: boolean;
  /** A refusal to show inside the open dialog. */
  problem: string | null;
  onDecide: (input: DecisionInput) => void;
}

/** One open approval with its buttons. Give it a `key` per approval: what was typed belongs to one only. */
export function ApprovalPane({ context, busy, problem, onDecide }: ApprovalPaneProps) {
  const [comment, setComment] = useState("");
  const [commentOpen, setCommentOpen] = useState(false);
  const [commentProblem, setCommentProblem] = useState<string | null>(null);
  const [rejecting, setRejecting] = useState(false);
  const [reassigning, setReassigning] = useState(false);
  const open = context.status === "pending" || context.status === "info_requested";
  const resting = !useRested(context);
  const mayDecide = open && context.canDecide && !busy && !resting;
  const pane = useRef<HTMLDivElement>(null);

  const approve = () => {
    const text = comment.trim();
    if (context.commentRequiredOn.includes("approved") && text === "") {
      setCommentOpen(true);
      setCommentProblem("Say why you approve; this workflow asks for it.");
      return;
    }
    onDecide({ id: context.id, decision: "approved", ...(text !== "" && { comment: text }) });
  };
  useShortcuts(
    mayDecide && !rejecting && !reassigning,
    { approve, reject: () => setRejecting(true), comment: () => setCommentOpen(true) },
    pane,
  );

  return (
    <div ref={pane} className="flex h-full min-h-0 flex-col">
      <div className="min-h-0 flex-1 overflow-y-auto px-4 py-5 md:px-6">
        <ApprovalContext context={context} />
      </div>
      {open && (
        <div className="sticky bottom-14 md:static">
          <DecisionFooter
            item={context}
            comment={comment}
            commentOpen={commentOpen}
            commentProblem={commentProblem}
            busy={busy}
            resting={resting}
            onComment={(text) => {
              setComment(text);
              setCommentProblem(null);
            }}
            onToggleComment={() => setCommentOpen(!commentOpen)}
            onApprove={approve}
            onReject={() => setRejecting(true)}
            onReassign={() => setReassigning(true)}
          />
        </div>
      )}
      {reassigning && <ReassignDialog item={context} onClose={() => setReassigning(false)} />}
      {rejecting && (
        <RejectDialog
          item={context}
          open
          busy={busy}
          problem={problem}
          initialComment={comment}
          onOpenChange={setRejecting}
          onReject={(answer) =>
            onDecide({
              id: context.id,
              decision: "rejected",
              ...(answer.comment !== "" && { comment: answer.comment }),
              ...(answer.messageToRequester !== "" && { messageToRequester: answer.messageToRequester }),
            })
          }
        />
      )}
    </div>
  );
}
