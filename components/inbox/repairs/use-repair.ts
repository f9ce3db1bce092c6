import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import type { JsonObject } from "@/core/json";
import { formDrafts } from "@/components/data/draft-store";
import type { Refusal } from "@/components/fields/refusal";
import { useTRPC } from "@/components/trpc";
import { needsSignIn, refusalWords } from "../no-answer-words";
import type { DecisionResult } from "../use-decision";

/** The name of the draft of corrected values in this tab. */
export const draftOfFix = (id: string): string => `fix ${id}`;

/** The choices about one failed run. `onDone`: with the sentence that says what came of it. */
export function useRepair(id: string, onDone: (id: string, sentence: string) => void) {
  const api = useTRPC();
  const queryClient = useQueryClient();
  const [problem, setProblem] = useState<DecisionResult | null>(null);
  /** A second press comes before the screen shows the first. */
  const sent = useRef(false);
  const shared = {
    networkMode: "always" as const,
    onMutate: () => setProblem(null),
    onError: (error: { message: string; data?: unknown }) =>
      setProblem({ tone: "failed", sentence: refusalWords(error), needsSignIn: needsSignIn(error) }),
    onSettled: () => void queryClient.invalidateQueries(),
  };
  const once = (send: (settled: { onSettled: () => void }) => void): void => {
    if (sent.current) return;
    sent.current = true;
    send({
      onSettled: () => {
        sent.current = false;
      },
    });
  };
  const tryAgain = useMutation(
    api.inbox.tryAgain.mutationOptions({
      ...shared,
      onSuccess: () => onDone(id, "The run goes on from the step that failed."),
    }),
  );
  const goOn = useMutation(
    api.inbox.goOnWithNewest.mutationOptions({
      ...shared,
      onSuccess: (_, { version }) => onDone(id, `The run goes on with version ${String(version)}.`),
    }),
  );
  const tryAll = useMutation(api.inbox.tryAllAgain.mutationOptions(shared));
  const fix = useMutation(
    api.inbox.fixAndGoOn.mutationOptions({
      ...shared,
      onSuccess: () => {
        formDrafts.remove(draftOfFix(id));
        onDone(id, "Corrected. The run goes on from the step that failed.");
      },
    }),
  );
  const skip = useMutation(
    api.inbox.skipStep.mutationOptions({
      ...shared,
      onSuccess: () => onDone(id, "The step is skipped, and the run goes on behind it."),
    }),
  );
  const leave = useMutation(
    api.inbox.leaveAsItIs.mutationOptions({ ...shared, onSuccess: () => onDone(id, "The run stays as it is.") }),
  );
  const refused = refusedFields(fix.error);
  return {
    tryAgain: () => once((settled) => tryAgain.mutate({ id }, settled)),
    goOn: (version: number) => once((settled) => goOn.mutate({ id, version }, settled)),
    tryAll: (version?: number) =>
      once((settled) => tryAll.mutate({ id, ...(version === undefined ? {} : { version }) }, settled)),
    fix: (values: JsonObject) => once((settled) => fix.mutate({ id, values }, settled)),
    skip: (reason: string) => once((settled) => skip.mutate({ id, reason }, settled)),
    leave: (reason: string) => once((settled) => leave.mutate({ id, reason }, settled)),
    busy:
      goOn.isPending || tryAgain.isPending || tryAll.isPending || fix.isPending || skip.isPending || leave.isPending,
    /** What the server said to corrected values: it stands at their fields. */
    refusal: refused ? fix.error : null,
    problem: refused ? null : problem,
    forget: () => setProblem(null),
  };
}

function refusedFields(error: Refusal | null): boolean {
  return (error?.data?.details?.length ?? 0) > 0;
}

export type Repairing = ReturnType<typeof useRepair>;
