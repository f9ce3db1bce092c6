import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { undoMs } from "@/core/contracts/approval";
import type { JsonObject } from "@/core/json";
import { useTRPC } from "@/components/trpc";
import { useClock } from "@/components/ui/clock";
import { forgetDraft } from "./decision-drafts";
import { lostRaceSentence } from "./lost-race";
import { isAnswered, needsSignIn, refusalWords } from "./no-answer-words";
import { resultSentence } from "./result-sentence";

export interface DecisionInput {
  id: string;
  decision: "approved" | "rejected";
  comment?: string;
  messageToRequester?: string;
  /** What was changed while approving, by path. */
  edits?: JsonObject;
}

export interface DecisionResult {
  tone: "completed" | "quiet" | "failed";
  sentence: string;
  /** The sign-in is over. */
  needsSignIn?: boolean;
  /** The decision that can still be taken back. */
  undo?: string;
}

/** The button goes a little before the server stops to take it back. */
const shownMs = undoMs - 300;

/** Decides, takes back, and keeps the sentence that says what came of it until the next decision. */
export function useDecision(onDecided: (id: string) => void, onUndone: (id: string) => void) {
  const api = useTRPC();
  const queryClient = useQueryClient();
  const now = useClock();
  const [result, setResult] = useState<DecisionResult | null>(null);
  /** Being decided or decided here: a second key comes before the screen shows it. */
  const sent = useRef(new Set<string>());
  const mutation = useMutation(
    api.approvals.decide.mutationOptions({
      // A decision is made now or not at all: no connection that comes back makes it later.
      networkMode: "always",
      onSuccess: (answer, input) => {
        // What follows was worked out with the values from before.
        const sentence =
          input.edits === undefined ? resultSentence(input.decision, answer.next) : "Approved, with what you changed.";
        setResult({ tone: "completed", sentence, ...(answer.undoUntil !== null && { undo: input.id }) });
        forgetDraft(input.id);
        onDecided(input.id);
      },
      onError: (error) => {
        // Somebody was faster: the server says who and when. That is news, not a fault, and stays beside what it is about.
        const lost = error.data?.httpStatus === 409;
        const first = lost ? lostRaceSentence(error.data.extra, now) : null;
        setResult({
          tone: lost ? "quiet" : "failed",
          sentence: first ?? refusalWords(error),
          needsSignIn: needsSignIn(error),
        });
      },
      onSettled: () => queryClient.invalidateQueries(),
    }),
  );
  const undoing = useMutation(
    api.approvals.undo.mutationOptions({
      networkMode: "always",
      onSuccess: (_, { id }) => {
        setResult({ tone: "quiet", sentence: "Taken back. It waits for you again." });
        onUndone(id);
      },
      onError: (error, { id }) =>
        setResult({
          tone: "failed",
          sentence: refusalWords(error, "undo"),
          needsSignIn: needsSignIn(error),
          // As long as there is time it can be tried again.
          ...(isAnswered(error) ? {} : { undo: id }),
        }),
      onSettled: () => queryClient.invalidateQueries(),
    }),
  );
  const undo = result?.undo;
  useEffect(() => {
    if (undo === undefined) return;
    const timer = setTimeout(
      () => setResult((last) => (last?.undo === undo ? { tone: last.tone, sentence: last.sentence } : last)),
      shownMs,
    );
    return () => clearTimeout(timer);
  }, [undo]);
  useEffect(() => {
    const dismiss = () => setResult((last) => (last?.tone === "failed" ? null : last));
    window.addEventListener("online", dismiss);
    return () => window.removeEventListener("online", dismiss);
  }, []);
  return {
    decide: (input: DecisionInput) => {
      if (sent.current.has(input.id)) return;
      sent.current.add(input.id);
      mutation.mutate(input, { onError: () => sent.current.delete(input.id) });
    },
    /** Null when there is nothing that can be taken back any more. */
    takeBack:
      undo === undefined || undoing.isPending
        ? null
        : () => undoing.mutate({ id: undo }, { onSuccess: () => sent.current.delete(undo) }),
    busy: mutation.isPending,
    result,
    dismiss: () => setResult(null),
  };
}
