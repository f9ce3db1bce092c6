"use client";
import { useRef, useState, type KeyboardEvent } from "react";
import type { ApprovalItem } from "@/core/contracts/approval";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { sendsWriting } from "@/components/ui/shortcuts";
import { Textarea } from "@/components/ui/textarea";
import type { DecisionDraft } from "./decision-drafts";
import { messageHints, MessageField } from "./message-field";
import { ResultNotice } from "./result-notice";
import type { DecisionResult } from "./use-decision";

type Words = NonNullable<DecisionDraft["rejection"]>;

interface RejectDialogProps {
  item: ApprovalItem;
  open: boolean;
  busy: boolean;
  problem: DecisionResult | null;
  draft: Words;
  onWrite: (draft: Words) => void;
  onOpenChange: (open: boolean) => void;
  finalFocus: () => boolean;
  onReject: (answer: Words) => void;
}

/** A rejection asks twice: words the requester will read, and a comment for colleagues. */
export function RejectDialog({ item, busy, problem, draft, ...props }: RejectDialogProps) {
  const { open, onWrite, onOpenChange, finalFocus, onReject } = props;
  const [tried, setTried] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  const required = item.commentRequiredOn.includes("rejected");
  const missing = required && draft.comment.trim() === "";
  const isOver = item.status !== "pending" && item.status !== "info_requested";
  const submit = () => {
    setTried(true);
    if (missing) box.current?.focus();
    else onReject(draft);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!sendsWriting(event.nativeEvent)) return;
    event.preventDefault();
    if (!busy && !isOver) submit();
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      finalFocus={finalFocus}
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
      <div className="flex flex-col gap-4" onKeyDown={onKeyDown}>
        {isOver && (
          <Notice tone="quiet">{decidedElsewhere(item)} What you wrote was not sent; copy it if you need it.</Notice>
        )}
        {problem !== null && !isOver && <ResultNotice result={problem} />}
        <MessageField
          to={item.requestedBy}
          hint={messageHints.rejected}
          value={draft.messageToRequester}
          onChange={(messageToRequester) => onWrite({ ...draft, messageToRequester })}
        />
        <Field
          label="Comment"
          optional={!required}
          hint="Colleagues see it; the requester does not."
          error={tried && missing ? "Say why, so that colleagues can follow the decision." : null}
        >
          {(control) => (
            <Textarea
              {...control}
              ref={box}
              maxLength={2000}
              value={draft.comment}
              onChange={(event) => onWrite({ ...draft, comment: event.target.value })}
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
