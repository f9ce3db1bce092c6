"use client";
import { useState } from "react";
import type { ApprovalItem } from "@/core/contracts/approval";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Textarea } from "@/components/ui/textarea";

interface RejectDialogProps {
  item: ApprovalItem;
  open: boolean;
  busy: boolean;
  problem: string | null;
  initialComment: string;
  onOpenChange: (open: boolean) => void;
  onReject: (answer: { comment: string; messageToRequester: string }) => void;
}

/** A rejection asks twice: a comment for colleagues, and words the requester will read. */
export function RejectDialog({ item, open, busy, problem, initialComment, onOpenChange, onReject }: RejectDialogProps) {
  const [comment, setComment] = useState(initialComment);
  const [message, setMessage] = useState("");
  const [tried, setTried] = useState(false);
  const required = item.commentRequiredOn.includes("rejected");
  const missing = required && comment.trim() === "";
  const isOver = item.status !== "pending" && item.status !== "info_requested";
  const submit = () => {
    setTried(true);
    if (!missing) onReject({ comment: comment.trim(), messageToRequester: message.trim() });
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Reject “${item.headline}”?`}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{isOver ? "Close" : "Keep it open"}</Button>
          <Button
            look="danger"
            busy={busy}
            disabled={isOver}
            reason={isOver ? "It is decided already." : null}
            onClick={submit}
          >
            Reject
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {isOver && (
          <Notice tone="quiet">{decidedElsewhere(item)} What you wrote was not sent; copy it if you need it.</Notice>
        )}
        {problem !== null && !isOver && <Notice tone="failed">{problem}</Notice>}
        <Field
          label="Comment"
          optional={!required}
          hint="Colleagues see it; the requester does not."
          error={tried && missing ? "Say why, so that colleagues can follow the decision." : null}
        >
          {(control) => (
            <Textarea
              {...control}
              maxLength={2000}
              value={comment}
              onChange={(event) => setComment(event.target.value)}
            />
          )}
        </Field>
        <Field
          label={`Message to ${item.requestedBy ?? "the requester"}`}
          optional
          hint="Sent in your words when the workflow explains the rejection."
        >
          {(control) => (
            <Textarea
              {...control}
              maxLength={2000}
              value={message}
              onChange={(event) => setMessage(event.target.value)}
            />
          )}
        </Field>
      </div>
    </Dialog>
  );
}

/** Somebody, or time, was faster while the words were being written. */
function decidedElsewhere({ decision, decidedBy }: ApprovalItem): string {
  if (decision === "timed_out") return "The time for this ran out.";
  if (decision === null || decision === "cancelled") return "This is no longer asked.";
  return `${decidedBy?.name ?? "Somebody"} ${decision} this meanwhile.`;
}
