"use client";
import { useRef, useState } from "react";
import type { ApprovalContext as Context } from "@/core/contracts/approval";
import type { JsonObject } from "@/core/json";
import { useShortcuts } from "@/components/ui/use-shortcuts";
import { ApprovalContext } from "./approval-context";
import { AskDialog } from "./ask-dialog";
import { ChangeDialog } from "./change-dialog";
import { useDecisionDraft, type DecisionDraft } from "./decision-drafts";
import { DecisionFooter, type CommentView } from "./decision-footer";
import { focusOpenDecision, isAtAnotherCard, useFocusKept } from "./inbox-focus";
import { DelegateDialog } from "./delegate-dialog";
import { ReassignDialog } from "./reassign-dialog";
import { RejectDialog } from "./reject-dialog";
import type { DecisionInput, DecisionResult } from "./use-decision";
import { useRested } from "./use-rested";

interface ApprovalPaneProps {
  context: Context;
  busy: boolean;
  /** A refusal to show inside the open dialog. */
  problem: DecisionResult | null;
  /** Keys of one letter decide about it. */
  keys: boolean;
  onDecide: (input: DecisionInput) => void;
}

/** One open approval with its buttons. Give it a `key` per approval: what was typed belongs to one only. */
export function ApprovalPane({ context, busy, problem, keys, onDecide }: ApprovalPaneProps) {
  const { draft, write } = useDecisionDraft(context.id);
  const [commentView, setCommentView] = useState<CommentView>(
    draft.comment === "" && draft.messageToRequester === "" ? "folded" : "restored",
  );
  const [commentProblem, setCommentProblem] = useState<string | null>(null);
  const [rejecting, setRejecting] = useState(false);
  const [reassigning, setReassigning] = useState(false);
  const [delegating, setDelegating] = useState(false);
  const [asking, setAsking] = useState(false);
  const [changing, setChanging] = useState(false);
  const open = context.status === "pending" || context.status === "info_requested";
  const resting = !useRested(context);
  const mayDecide = open && context.canDecide && !busy && !resting;
  const pane = useRef<HTMLDivElement>(null);
  const box = useRef<HTMLTextAreaElement>(null);

  useFocusKept(pane);
  /** Back to where it was, as long as there is something to decide; else whatever is open has it. */
  const afterDialog = (): boolean => {
    if (open && pane.current?.isConnected === true) return true;
    focusOpenDecision();
    return false;
  };

  const openDialog = (setOpen: (open: boolean) => void) => {
    // A key that was pressed where nothing had the focus: it comes back to the heading.
    if (document.activeElement === document.body) focusOpenDecision();
    setOpen(true);
  };
  const openRejection = () => openDialog(setRejecting);

  const openComment = () => {
    setCommentView("opened");
    box.current?.focus();
  };
  /** Whether all is there that this workflow asks of an approval. */
  const mayApprove = (): boolean => {
    if (!context.commentRequiredOn.includes("approved") || draft.comment.trim() !== "") return true;
    openComment();
    setCommentProblem("Say why you approve; this workflow asks for it.");
    return false;
  };
  const approve = (edits: JsonObject = {}) => {
    if (!mayApprove()) return;
    const changes = Object.keys(edits).length > 0 ? { edits } : {};
    onDecide({ id: context.id, decision: "approved", ...wordsOf(draft), ...changes });
  };
  useShortcuts(
    keys && mayDecide && !rejecting && !reassigning && !delegating && !asking && !changing,
    {
      approve: () => approve(),
      reject: openRejection,
      comment: openComment,
      ...(context.mayAsk && { ask: () => openDialog(setAsking) }),
      ...(context.mayDelegate && { delegate: () => openDialog(setDelegating) }),
    },
    { part: pane, except: isAtAnotherCard },
  );

  return (
    <div ref={pane} className="flex h-full min-h-0 flex-col">
      <div className="min-h-0 flex-1 overflow-y-auto px-4 py-5 md:px-6">
        <ApprovalContext context={context} />
      </div>
      {open && (
        <div className="sticky bottom-14 low:static md:static">
          <DecisionFooter
            item={context}
            draft={draft}
            comment={{
              view: commentView,
              problem: commentProblem,
              box,
              onOpen: openComment,
              onFold: () => setCommentView("folded"),
            }}
            busy={busy}
            resting={resting}
            onWrite={(part) => {
              write(part);
              setCommentProblem(null);
            }}
            onApprove={() => approve()}
            onChange={
              context.editable.length === 0
                ? null
                : () => {
                    if (mayApprove()) setChanging(true);
                  }
            }
            onReject={openRejection}
            onReassign={() => setReassigning(true)}
            onDelegate={() => openDialog(setDelegating)}
            onAsk={() => openDialog(setAsking)}
            onFocusLost={focusOpenDecision}
          />
        </div>
      )}
      {changing && (
        <ChangeDialog
          editable={context.editable}
          busy={busy}
          problem={problem}
          onClose={() => setChanging(false)}
          finalFocus={afterDialog}
          onApprove={approve}
        />
      )}
      {reassigning && <ReassignDialog item={context} onClose={() => setReassigning(false)} finalFocus={afterDialog} />}
      {asking && <AskDialog item={context} onClose={() => setAsking(false)} finalFocus={afterDialog} />}
      {delegating && <DelegateDialog item={context} onClose={() => setDelegating(false)} finalFocus={afterDialog} />}
      {rejecting && (
        <RejectDialog
          item={context}
          open
          busy={busy}
          problem={problem}
          draft={draft.rejection ?? { comment: draft.comment, messageToRequester: "" }}
          onWrite={(rejection) => write({ rejection })}
          onOpenChange={setRejecting}
          finalFocus={afterDialog}
          onReject={(answer) => onDecide({ id: context.id, decision: "rejected", ...wordsOf(answer) })}
        />
      )}
    </div>
  );
}

/** What is said along with a decision, without what is empty. */
function wordsOf(written: Pick<DecisionDraft, "comment" | "messageToRequester">) {
  const [comment, messageToRequester] = [written.comment.trim(), written.messageToRequester.trim()];
  return { ...(comment !== "" && { comment }), ...(messageToRequester !== "" && { messageToRequester }) };
}
