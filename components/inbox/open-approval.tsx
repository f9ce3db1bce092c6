"use client";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ApprovalContext } from "@/core/contracts/approval";
import { ErrorState } from "@/components/ui/error-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import { ApprovalPane } from "./approval-pane";
import { ResultNotice } from "./result-notice";
import type { DecisionInput, DecisionResult } from "./use-decision";

interface OpenApprovalProps {
  context: Pick<UseQueryResult<ApprovalContext, { message: string }>, "data" | "error" | "refetch">;
  shown: string | null;
  busy: boolean;
  problem: DecisionResult | null;
  onDecide: (input: DecisionInput) => void;
}

/** The approval at the right, while it loads, and when it does not. */
export function OpenApproval({ context, shown, busy, problem, onDecide }: OpenApprovalProps) {
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
  return (
    <>
      {problem !== null && (
        <div className="p-3 md:hidden">
          <ResultNotice result={problem} />
        </div>
      )}
      <ApprovalPane key={context.data.id} context={context.data} busy={busy} problem={problem} onDecide={onDecide} />
    </>
  );
}
