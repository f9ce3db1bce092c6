"use client";
import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import type { ApprovalPreview, ShownApproval } from "@/core/contracts/decisions";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { ErrorState } from "@/components/ui/error-state";
import { sendsWriting } from "@/components/ui/shortcuts";
import { SkeletonRows } from "@/components/ui/skeleton";
import { VisibleText } from "@/components/ui/visible-text";
import { totalWords } from "./bulk-words";
import { CommentField } from "./comment-field";
import { messageHints, MessageField } from "./message-field";
import { ResultNotice } from "./result-notice";
import { followsWords } from "./result-sentence";
import type { SelectableItem } from "./selection";
import type { DecisionResult } from "./use-decision";
import { useRested } from "./use-rested";

export interface BulkDecision {
  decision: "approved" | "rejected";
  approvals: (ShownApproval & { headline: string })[];
  comment: string;
  messageToRequester: string;
}

interface BulkDialogProps {
  decision: "approved" | "rejected";
  items: readonly SelectableItem[];
  busy: boolean;
  problem: DecisionResult | null;
  onDecide: (decision: BulkDecision) => void;
  onClose: () => void;
  finalFocus: () => boolean;
}

const verbs = { approved: "Approve", rejected: "Reject" } as const;

/** Each of them with its money and what comes of it, before all are decided by a press of its own. */
export function BulkDialog({ decision, items, busy, problem, onDecide, onClose, finalFocus }: BulkDialogProps) {
  const api = useTRPC();
  // Those that were selected when it was opened: what leaves the list meanwhile is said here.
  const [ids] = useState(() => items.map(({ id }) => id));
  const [isRequired] = useState(() => items.some(({ commentRequiredOn }) => commentRequiredOn.includes(decision)));
  const [words, setWords] = useState({ comment: "", messageToRequester: "" });
  const [tried, setTried] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  const shown = useQuery(api.approvals.preview.queryOptions({ ids }));
  const all = shown.data?.items ?? [];
  const able = all.filter(({ canDecide }) => canDecide);
  // What is decided is what has stood there for a moment.
  const resting = !useRested(shown.data);
  const missing = isRequired && words.comment.trim() === "";
  const verb = verbs[decision];
  const count = String(able.length);
  const submit = () => {
    setTried(true);
    if (missing) box.current?.focus();
    else
      onDecide({
        decision,
        approvals: able.map(({ id, fingerprint, headline }) => ({ id, fingerprint, headline })),
        ...words,
      });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      finalFocus={finalFocus}
      title={`${verb} ${shown.data ? count : String(ids.length)} at once?`}
      description={totalWords(able) ?? undefined}
      footer={
        <>
          <Button onClick={onClose}>Decide nothing</Button>
          <Button
            look={decision === "approved" ? "primary" : "danger"}
            busy={busy}
            resting={resting}
            disabled={able.length === 0}
            reason={able.length === 0 ? "None of these waits for you." : null}
            onClick={submit}
          >
            {verb} {count}
          </Button>
        </>
      }
    >
      <div
        className="flex flex-col gap-4"
        onKeyDown={(event) => {
          if (!sendsWriting(event.nativeEvent)) return;
          event.preventDefault();
          if (!busy && !resting && able.length > 0) submit();
        }}
      >
        {problem !== null && <ResultNotice result={problem} />}
        {shown.data ? (
          <ul aria-label="What is decided" className="flex flex-col divide-y divide-hairline">
            {all.map((item) => (
              <PreviewLine key={item.id} item={item} decision={decision} />
            ))}
          </ul>
        ) : shown.error ? (
          <ErrorState title="These did not load" message={shown.error.message} onRetry={() => void shown.refetch()} />
        ) : (
          <SkeletonRows rows={3} label="Loading what is selected" />
        )}
        <CommentField
          value={words.comment}
          hint="One comment for all of them. Colleagues see it; requesters do not."
          optional={!isRequired}
          error={tried && missing ? "Say why; this workflow asks for it." : null}
          box={box}
          onChange={(comment) => setWords({ ...words, comment })}
        />
        <MessageField
          to="the requesters"
          hint={messageHints[decision]}
          value={words.messageToRequester}
          onChange={(messageToRequester) => setWords({ ...words, messageToRequester })}
        />
      </div>
    </Dialog>
  );
}

function PreviewLine({ item, decision }: { item: ApprovalPreview; decision: "approved" | "rejected" }) {
  const follows = followsWords(item.whatHappensNext[decision]);
  return (
    <li className="flex flex-col gap-0.5 py-2">
      <span className="flex items-baseline justify-between gap-3">
        <span className="min-w-0 font-medium [overflow-wrap:anywhere]">
          <VisibleText text={item.headline} />
        </span>
        {item.figure !== null && <span className="figures shrink-0">{item.figure}</span>}
      </span>
      {item.canDecide ? (
        follows !== "" && (
          <span className="text-dense text-ink-2 [overflow-wrap:anywhere]">
            <VisibleText text={`It ${follows}`} />
          </span>
        )
      ) : (
        <span className="text-dense text-failed">
          Left out: {item.cannotDecideReason ?? "it does not wait any more."}
        </span>
      )}
    </li>
  );
}
