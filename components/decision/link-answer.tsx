"use client";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { undoMs, type ApprovalContext } from "@/core/contracts/approval";
import type { JsonObject } from "@/core/json";
import { ChangeDialog } from "@/components/inbox/change-dialog";
import { CommentField } from "@/components/inbox/comment-field";
import { messageHints, MessageField } from "@/components/inbox/message-field";
import { resultSentence } from "@/components/inbox/result-sentence";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";

interface LinkAnswerProps {
  token: string;
  card: ApprovalContext;
  /** Of what stands on the page. */
  nonce: string;
  isOutside: boolean;
  refresh: () => void;
}

/** The button goes a little before the server stops to take it back. */
const shownMs = undoMs - 300;

/** Yes or no, with words; and for a moment the way back. */
export function LinkAnswer({ token, card, nonce, isOutside, refresh }: LinkAnswerProps) {
  const api = useTRPC();
  const [comment, setComment] = useState("");
  const [message, setMessage] = useState("");
  const [missing, setMissing] = useState(false);
  const [changing, setChanging] = useState(false);
  const [mayUndo, setMayUndo] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  const result = useRef<HTMLDivElement>(null);
  const decide = useMutation(
    api.decisionLinks.decide.mutationOptions({
      // A decision is made now or not at all: no connection that comes back makes it later.
      networkMode: "always",
      onSuccess: ({ undoUntil }) => setMayUndo(undoUntil !== null),
      onSettled: refresh,
    }),
  );
  const undo = useMutation(
    api.decisionLinks.undo.mutationOptions({
      networkMode: "always",
      onSuccess: () => decide.reset(),
      onSettled: () => {
        setMayUndo(false);
        refresh();
      },
    }),
  );
  useEffect(() => {
    if (!mayUndo) return;
    const timer = setTimeout(() => {
      // The button goes by itself: whoever stands on it stays where the result is.
      if (result.current?.contains(document.activeElement)) result.current.focus();
      setMayUndo(false);
    }, shownMs);
    return () => clearTimeout(timer);
  }, [mayUndo]);
  useEffect(() => {
    if (decide.isSuccess) result.current?.focus();
  }, [decide.isSuccess]);

  const answer = (decision: "approved" | "rejected", edits: JsonObject = {}) => {
    const isMissing = card.commentRequiredOn.includes(decision) && comment.trim() === "";
    setMissing(isMissing);
    setChanging(false);
    if (isMissing) {
      box.current?.focus();
      return;
    }
    undo.reset();
    decide.mutate({
      token,
      decision,
      nonce,
      ...(comment.trim() === "" ? {} : { comment: comment.trim() }),
      ...(message.trim() === "" ? {} : { messageToRequester: message.trim() }),
      ...(Object.keys(edits).length === 0 ? {} : { edits }),
    });
  };

  const problem = decide.error ?? undo.error;
  const isOpen = (card.status === "pending" || card.status === "info_requested") && !decide.isSuccess;
  return (
    <div className="flex flex-col gap-4">
      {problem && <Notice tone="failed">{problem.message}</Notice>}
      {decide.isSuccess && (
        <div ref={result} tabIndex={-1} className="rounded-control outline-none">
          <Notice
            tone="completed"
            action={
              mayUndo && (
                <Button busy={undo.isPending} onClick={() => undo.mutate({ token })}>
                  Undo
                </Button>
              )
            }
          >
            {resultSentence(decide.variables.decision, decide.data.next)}
          </Notice>
        </div>
      )}
      {undo.isSuccess && isOpen && <Notice tone="quiet">Taken back. It waits for you again.</Notice>}
      {isOpen &&
        (card.canDecide ? (
          <form className="flex flex-col gap-4" onSubmit={(event) => event.preventDefault()}>
            <CommentField
              box={box}
              optional={card.commentRequiredOn.length === 0}
              hint={
                isOutside
                  ? "Whoever asked you to decide reads it; the requester does not."
                  : "Colleagues see it; the requester does not."
              }
              error={missing && comment.trim() === "" ? "Say why, so that colleagues can follow the decision." : null}
              value={comment}
              onChange={setComment}
            />
            <MessageField to={card.requestedBy} hint={messageHints.approved} value={message} onChange={setMessage} />
            <div className="grid grid-cols-2 gap-3">
              <Button
                size="touch"
                busy={decide.isPending && decide.variables.decision === "rejected"}
                disabled={decide.isPending}
                onClick={() => answer("rejected")}
              >
                Reject
              </Button>
              <Button
                look="primary"
                size="touch"
                busy={decide.isPending && decide.variables.decision === "approved"}
                disabled={decide.isPending}
                onClick={() => answer("approved")}
              >
                Approve
              </Button>
            </div>
            {card.editable.length > 0 && (
              <Button disabled={decide.isPending} onClick={() => setChanging(true)}>
                Change values and approve
              </Button>
            )}
            {changing && (
              <ChangeDialog
                editable={card.editable}
                busy={decide.isPending}
                problem={null}
                onClose={() => setChanging(false)}
                finalFocus={() => {
                  // The button may be gone by then.
                  box.current?.focus();
                  return false;
                }}
                onApprove={(edits) => answer("approved", edits)}
              />
            )}
          </form>
        ) : (
          <Notice tone="quiet">{card.cannotDecideReason ?? "You cannot decide this."}</Notice>
        ))}
    </div>
  );
}
