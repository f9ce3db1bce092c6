"use client";
import { useEffect, useRef, type KeyboardEvent, type RefObject } from "react";
import type { ApprovalItem } from "@/core/contracts/approval";
import { sendsWriting } from "@/components/ui/shortcuts";
import { CommentField } from "./comment-field";
import { useFocusKept } from "./inbox-focus";
import { messageHints, MessageField } from "./message-field";
import { isLastWord } from "./vote-words";
import type { DecisionDraft } from "./decision-drafts";

interface CommentBoxProps {
  item: ApprovalItem;
  draft: DecisionDraft;
  /** Why the comment is needed before approving, when it is missing. */
  problem: string | null;
  /** Whether the person has just opened it, and writes next. */
  takesFocus: boolean;
  box: RefObject<HTMLTextAreaElement | null>;
  onWrite: (part: Partial<DecisionDraft>) => void;
  /** Ctrl Enter. */
  onSend: () => void;
  /** Escape. */
  onLeave: () => void;
}

/** What is said along with an approval: to colleagues, and to whoever asked. */
export function CommentBox({ item, draft, problem, takesFocus, box, onWrite, onSend, onLeave }: CommentBoxProps) {
  const part = useRef<HTMLDivElement>(null);
  useFocusKept(part);
  useEffect(() => {
    if (takesFocus) box.current?.focus();
  }, [box, takesFocus]);
  const onKeyDown = (event: KeyboardEvent) => {
    const { nativeEvent } = event;
    const leaves = event.key === "Escape" && !nativeEvent.isComposing;
    if (!leaves && !sendsWriting(nativeEvent)) return;
    event.preventDefault();
    if (leaves) onLeave();
    else onSend();
  };
  // A word that does not decide is kept with the comment alone.
  const decides = isLastWord(item);
  return (
    <div ref={part} className="flex flex-col gap-3" onKeyDown={onKeyDown}>
      <CommentField
        value={draft.comment}
        hint="Colleagues see it; the requester does not."
        optional={!item.commentRequiredOn.includes("approved")}
        error={problem}
        box={box}
        onChange={(comment) => onWrite({ comment })}
      />
      {decides && (
        <MessageField
          to={item.requestedBy}
          hint={messageHints.approved}
          value={draft.messageToRequester}
          onChange={(messageToRequester) => onWrite({ messageToRequester })}
        />
      )}
    </div>
  );
}
