"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { toast } from "sonner";
import { useTRPC } from "@/components/trpc";
import { needsSignIn, refusalWords } from "./no-answer-words";
import { decidedWords } from "./review-words";
import type { DecisionResult } from "./use-decision";

export interface ReviewDecision {
  id: string;
  decision: "approve" | "reject";
  comment: string;
}

/** Approve, reject and withdraw publish reviews; every page that shows them is asked again afterwards. */
export function useReview(onDone: (sentence: string) => void) {
  const api = useTRPC();
  const queryClient = useQueryClient();
  const [problem, setProblem] = useState<DecisionResult | null>(null);
  const done = (sentence: string) => {
    setProblem(null);
    toast(sentence);
    onDone(sentence);
  };
  const shared = {
    networkMode: "always" as const,
    onError: (error: { message: string; data?: unknown }) =>
      setProblem({ tone: "failed", sentence: refusalWords(error), needsSignIn: needsSignIn(error) }),
    onSettled: () => void queryClient.invalidateQueries(),
  };
  const decide = useMutation(
    api.drafts.reviews.decide.mutationOptions({
      ...shared,
      onSuccess: (review) => done(decidedWords(review)),
    }),
  );
  const withdraw = useMutation(
    api.drafts.reviews.withdraw.mutationOptions({
      ...shared,
      onSuccess: () => done("The request is withdrawn. The draft stays."),
    }),
  );
  return {
    decide: ({ id, decision, comment }: ReviewDecision) =>
      decide.mutate({ id, decision, ...(comment !== "" && { comment }) }),
    withdraw: (id: string) => withdraw.mutate({ id }),
    busy: decide.isPending || withdraw.isPending,
    problem,
  };
}
