"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc";

/** Ends a test that is no longer wanted. */
export function useCancelTest(runId: string): { busy: boolean; problem: string | null; cancel(): void } {
  const api = useTRPC();
  const client = useQueryClient();
  const cancel = useMutation(
    api.runs.cancel.mutationOptions({
      onSettled: () => client.invalidateQueries(api.runs.get.queryFilter({ id: runId })),
    }),
  );
  return {
    busy: cancel.isPending,
    problem: cancel.error?.message ?? null,
    cancel: () => cancel.mutate({ id: runId, reason: "The test was ended in the builder" }),
  };
}
