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
          <Button onClick={() => onOpenChange(false)}>Keep it open</Button>
          <Button look="danger" busy={busy} onClick={submit}>
            Reject
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {problem !== null && <Notice tone="failed">{problem}</Notice>}
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
