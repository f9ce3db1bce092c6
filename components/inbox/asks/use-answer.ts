import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { JsonObject } from "@/core/json";
import { useTRPC } from "@/components/trpc";
import { formDrafts } from "@/components/data/draft-store";
import type { Refusal } from "@/components/fields/refusal";
import { useClock } from "@/components/ui/clock";
import { lostAnswerSentence } from "../lost-race";
import { needsSignIn, refusalWords } from "../no-answer-words";
import type { DecisionResult } from "../use-decision";
import { forgetAskDraft } from "./ask-draft";

/** Answers what is asked in the inbox beside approvals. `onDone`: with the sentence that says what came of it. */
export function useAnswer(onDone: (id: string, sentence: string) => void) {
  const api = useTRPC();
  const queryClient = useQueryClient();
  const now = useClock();
  const [problem, setProblem] = useState<DecisionResult | null>(null);
  const shared = {
    // An answer is given now or not at all: no connection that comes back gives it later.
    networkMode: "always" as const,
    onMutate: () => setProblem(null),
    onError: (error: { message: string; data?: { httpStatus?: number; extra?: Record<string, unknown> } | null }) => {
      // Somebody else was faster: who and when, in the reader's time.
      const first = error.data?.httpStatus === 409 ? lostAnswerSentence(error.data.extra ?? {}, now) : null;
      setProblem({
        tone: first === null ? "failed" : "quiet",
        sentence: first ?? refusalWords(error, "answer"),
        needsSignIn: needsSignIn(error),
      });
    },
    onSettled: () => void queryClient.invalidateQueries(),
  };
  useEffect(() => {
    const dismiss = () => setProblem(null);
    window.addEventListener("online", dismiss);
    return () => window.removeEventListener("online", dismiss);
  }, []);
  const form = useMutation(
    api.inbox.submitForm.mutationOptions({
      ...shared,
      onSuccess: (_, { id }) => {
        formDrafts.remove(draftOfAsk(id));
        onDone(id, "Sent. The run goes on with your answers.");
      },
    }),
  );
  const handoff = useMutation(
    api.inbox.resolveHandoff.mutationOptions({ ...shared, onSuccess: (_, { id }) => forgetAskDraft(id) }),
  );
  const reply = useMutation(api.inbox.reply.mutationOptions(shared));
  return {
    submitForm: (id: string, values: JsonObject) => form.mutate({ id, values }),
    /** `sentence`: what is said when it is answered. */
    resolve: (answer: { id: string; resolution?: string; note?: string }, sentence: string) =>
      handoff.mutate(answer, { onSuccess: () => onDone(answer.id, sentence) }),
    /** Resolves to false when it was not sent: the text stays. */
    reply: (conversationId: string, body: string): Promise<boolean> =>
      reply.mutateAsync({ conversationId, body }).then(
        () => true,
        () => false,
      ),
    busy: form.isPending || handoff.isPending,
    /** What the server said to a form: it stands at its fields. */
    refusal: refusedFields(form.error) ? form.error : null,
    replying: reply.isPending,
    problem: refusedFields(form.error) ? null : problem,
  };
}

/** The name of a form's draft in this tab. */
export function draftOfAsk(id: string): string {
  return `inbox ${id}`;
}

function refusedFields(error: Refusal | null): boolean {
  return (error?.data?.details?.length ?? 0) > 0;
}

export type Answering = ReturnType<typeof useAnswer>;
