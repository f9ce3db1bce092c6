"use client";
import { useRef, type RefObject } from "react";
import type { ApprovalItem } from "@/core/contracts/approval";
import { undecidableWords } from "@/core/contracts/undecidable";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { useKeyHint } from "@/components/ui/letter-keys-choice";
import { Notice } from "@/components/ui/notice";
import { AnswerBox } from "./answer-box";
import { CommentBox } from "./comment-box";
import { DecisionBar } from "./decision-bar";
import { useFocusKept } from "./inbox-focus";
import { Votes } from "./votes";
import { DelegationLine } from "./delegation-line";
import type { DecisionDraft } from "./decision-drafts";

/** `restored`: it has words from before, which must not go out unseen; the focus stays where it is. `opened`: the person writes next. */
export type CommentView = "folded" | "restored" | "opened";

interface DecisionFooterProps {
  item: ApprovalItem;
  draft: DecisionDraft;
  comment: {
    view: CommentView;
    /** Why it is needed before approving, when it is missing. */
    problem: string | null;
    box: RefObject<HTMLTextAreaElement | null>;
    onOpen: () => void;
    onFold: () => void;
  };
  busy: boolean;
  /** It has only just appeared, or changed. */
  resting: boolean;
  onWrite: (part: Partial<DecisionDraft>) => void;
  onApprove: () => void;
  onReject: () => void;
  /** Approves with other values; null where none may be changed. */
  onChange: (() => void) | null;
  onReassign: () => void;
  onDelegate: () => void;
  onAsk: () => void;
  /** The focus has to go somewhere: what had it is gone. */
  onFocusLost: () => void;
}

/** Stays at the bottom of the open approval. */
export function DecisionFooter(props: DecisionFooterProps) {
  const { item, draft, comment, busy, resting } = props;
  const refused = item.canDecide ? null : (item.cannotDecideReason ?? "You are not asked to decide this one.");
  const footer = useRef<HTMLDivElement>(null);
  useFocusKept(footer);
  const button = useRef<HTMLButtonElement>(null);
  const commentHint = useKeyHint("c");
  const delegateHint = useKeyHint("d");
  const askHint = useKeyHint("q");
  const isEmpty = draft.comment === "" && draft.messageToRequester === "";
  const isShown = refused === null && comment.view !== "folded";
  return (
    <div ref={footer} className="border-t bg-surface px-4 py-3 md:px-6">
      <div className="mx-auto flex max-w-[680px] flex-col gap-3">
        {item.mayAnswer && <AnswerBox item={item} onDone={props.onFocusLost} />}
        {isShown && (
          <CommentBox
            item={item}
            draft={draft}
            problem={comment.problem}
            takesFocus={comment.view === "opened"}
            box={comment.box}
            onWrite={props.onWrite}
            onSend={() => {
              if (!busy && !resting) props.onApprove();
            }}
            onLeave={() => {
              if (isEmpty) comment.onFold();
              button.current?.focus();
            }}
          />
        )}
        <Votes item={item} />
        <DelegationLine item={item} busy={busy} onDone={props.onFocusLost} />
        {item.undecidable && (
          <Notice tone="failed">{undecidableWords("approval", item.undecidable, item.assignTo)}</Notice>
        )}
        {refused !== null && item.undecidable === null && <p className="text-dense text-ink-2">{refused}</p>}
        <DecisionBar
          approve="Approve"
          refused={refused}
          busy={busy}
          resting={resting}
          keys
          onApprove={props.onApprove}
          onReject={props.onReject}
        >
          <Button
            ref={button}
            look="quiet"
            disabled={refused !== null}
            aria-expanded={isShown}
            {...commentHint}
            onClick={isShown && isEmpty ? comment.onFold : comment.onOpen}
            className="max-sm:h-12"
          >
            Comment <Kbd>C</Kbd>
          </Button>
          {props.onChange && (
            <Button look="quiet" disabled={busy} resting={resting} onClick={props.onChange} className="max-sm:h-12">
              Change values
            </Button>
          )}
          {item.mayAsk && (
            <Button look="quiet" disabled={busy} {...askHint} onClick={props.onAsk} className="max-sm:h-12">
              Ask <Kbd>Q</Kbd>
            </Button>
          )}
          {item.mayDelegate && (
            <Button look="quiet" disabled={busy} {...delegateHint} onClick={props.onDelegate} className="max-sm:h-12">
              Delegate <Kbd>D</Kbd>
            </Button>
          )}
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
