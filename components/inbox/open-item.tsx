"use client";
import type { UseQueryResult } from "@tanstack/react-query";
import type { InboxContext } from "@/core/contracts/inbox";
import { ErrorState } from "@/components/ui/error-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import { ApprovalPane } from "./approval-pane";
import { AskPane } from "./asks/ask-pane";
import { RepairPane } from "./repairs/repair-pane";
import { ResultNotice } from "./result-notice";
import type { DecisionInput, DecisionResult } from "./use-decision";

interface OpenItemProps {
  context: Pick<UseQueryResult<InboxContext, { message: string }>, "data" | "error" | "refetch">;
  shown: string | null;
  busy: boolean;
  problem: DecisionResult | null;
  onDecide: (input: DecisionInput) => void;
  onAnswered: (id: string, sentence: string) => void;
  /** Keys of one letter decide about it. */
  keys: boolean;
}

/** What is open at the right, while it loads, and when it does not. */
export function OpenItem({ context, shown, busy, problem, onDecide, onAnswered, keys }: OpenItemProps) {
  if (shown === null) return null;
  if (!context.data) {
    if (!context.error) return <SkeletonRows rows={8} label="Loading the request" />;
    return (
      <ErrorState
        title="This request did not load"
        message={context.error.message}
        onRetry={() => void context.refetch()}
      />
    );
  }
  if (context.data.kind === "failed")
    return <RepairPane key={context.data.id} context={context.data} keys={keys} onAnswered={onAnswered} />;
  if (context.data.kind !== "approval")
    return <AskPane key={context.data.id} context={context.data} onAnswered={onAnswered} />;
  return (
    <>
      {problem !== null && (
        <div className="p-3 md:hidden">
          <ResultNotice result={problem} />
        </div>
      )}
      <ApprovalPane
        key={context.data.id}
        context={context.data}
        busy={busy}
        problem={problem}
        keys={keys}
        onDecide={onDecide}
      />
    </>
  );
}
