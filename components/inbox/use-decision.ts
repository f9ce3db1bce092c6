import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { toast } from "sonner";
import { useTRPC } from "@/components/trpc";
import { useClock } from "@/components/ui/clock";
import { forgetDraft } from "./decision-drafts";
import { lostRaceSentence } from "./lost-race";
import { needsSignIn, refusalWords } from "./no-answer-words";
import { resultSentence } from "./result-sentence";

export interface DecisionInput {
  id: string;
  decision: "approved" | "rejected";
  comment?: string;
  messageToRequester?: string;
}

export interface DecisionResult {
  tone: "completed" | "quiet" | "failed";
  sentence: string;
  /** The sign-in is over. */
  needsSignIn?: boolean;
}

/** Decides, and keeps the sentence that says what came of it until the next decision. */
export function useDecision(onDecided: (id: string) => void) {
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
        const sentence = resultSentence(input.decision, answer.next);
        setResult({ tone: "completed", sentence });
        toast(sentence);
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
    busy: mutation.isPending,
    result,
    dismiss: () => setResult(null),
  };
}
