import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { undoMs } from "@/core/contracts/approval";
import type { ManyResult } from "@/core/contracts/decisions";
import { useTRPC } from "@/components/trpc";
import { useClock } from "@/components/ui/clock";
import type { BulkDecision } from "./bulk-dialog";
import { resultWords } from "./bulk-words";
import { lostRaceSentence } from "./lost-race";
import { needsSignIn, refusalWords } from "./no-answer-words";
import type { DecisionResult } from "./use-decision";

/** What came of several decisions: it stays until it was read. */
export interface BulkOutcome {
  tone: "completed" | "quiet";
  sentence: string;
  /** Those that were not decided, each with why. */
  refused: { id: string; headline: string; why: string }[];
  /** Those that can still be taken back, and for how long from when they were decided, ms. */
  undo: string[];
  undoForMs: number;
}

/** Decides several at once, takes them back together, and keeps what came of it. */
export function useBulk({
  onDecided,
  onUndone,
}: {
  onDecided: (results: readonly ManyResult[]) => void;
  onUndone: (ids: readonly string[]) => void;
}) {
  const api = useTRPC();
  const queryClient = useQueryClient();
  const now = useClock();
  const [outcome, setOutcome] = useState<BulkOutcome | null>(null);
  const [problem, setProblem] = useState<DecisionResult | null>(null);
  const [headlines, setHeadlines] = useState<ReadonlyMap<string, string>>(new Map());
  const settled = { networkMode: "always" as const, onSettled: () => queryClient.invalidateQueries() };
  const deciding = useMutation(
    api.approvals.decideMany.mutationOptions({
      ...settled,
      onSuccess: ({ results }, { decision }) => {
        setProblem(null);
        setOutcome({
          tone: results.some(({ result }) => result === "decided") ? "completed" : "quiet",
          sentence: resultWords(decision, results),
          refused: results.flatMap((each) =>
            "code" in each ? [{ id: each.id, headline: headlines.get(each.id) ?? "", why: whyNot(each, now) }] : [],
          ),
          undo: results.flatMap((each) => ("undoUntil" in each && each.undoUntil !== null ? [each.id] : [])),
          undoForMs: undoableMs(results),
        });
        onDecided(results);
      },
      onError: (error) =>
        setProblem({ tone: "failed", sentence: refusalWords(error), needsSignIn: needsSignIn(error) }),
    }),
  );
  const undoing = useMutation(
    api.approvals.undoMany.mutationOptions({
      ...settled,
      onSuccess: ({ kept }, { ids }) => {
        const back = ids.filter((id) => kept.every((each) => each.id !== id));
        const sentence = `${String(back.length)} taken back. ${back.length === 1 ? "It waits" : "They wait"} for you again.`;
        const refused = kept.map(({ id, message }) => ({ id, headline: headlines.get(id) ?? "", why: message }));
        setOutcome({ tone: "quiet", sentence, refused, undo: [], undoForMs: 0 });
        onUndone(back);
      },
      onError: (error) =>
        setOutcome((last) => last && { ...last, tone: "quiet", sentence: refusalWords(error, "undo") }),
    }),
  );
  const { undo = [], undoForMs = 0 } = outcome ?? {};
  useEffect(() => {
    if (undo.length === 0) return;
    const timer = setTimeout(
      () => setOutcome((last) => (last?.undo === undo ? { ...last, undo: [] } : last)),
      undoForMs,
    );
    return () => clearTimeout(timer);
  }, [undo, undoForMs]);
  return {
    decide: ({ decision, approvals, comment, messageToRequester }: BulkDecision) => {
      setHeadlines(new Map(approvals.map(({ id, headline }) => [id, headline])));
      deciding.mutate({
        decision,
        approvals: approvals.map(({ id, fingerprint }) => ({ id, fingerprint })),
        ...(comment.trim() !== "" && { comment: comment.trim() }),
        ...(messageToRequester.trim() !== "" && { messageToRequester: messageToRequester.trim() }),
      });
    },
    takeBack: undo.length === 0 || undoing.isPending ? null : () => undoing.mutate({ ids: undo }),
    busy: deciding.isPending,
    problem,
    forgetProblem: () => setProblem(null),
    outcome,
    dismiss: () => setOutcome(null),
  };
}

/** As long as the first of them can be taken back, and a little less. */
function undoableMs(results: readonly ManyResult[]): number {
  const ends = results.flatMap((each) =>
    "undoUntil" in each && each.undoUntil !== null ? [Date.parse(each.undoUntil)] : [],
  );
  return ends.length === 0 ? 0 : Math.max(0, undoMs - 300 - (Math.max(...ends) - Math.min(...ends)));
}

function whyNot(each: Extract<ManyResult, { code: string }>, now: number): string {
  const { decision, decidedBy, decidedAt, message } = each;
  return lostRaceSentence({ decision, decided_by: decidedBy, decided_at: decidedAt }, now) ?? message;
}
