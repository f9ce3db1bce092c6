"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Rehearsal } from "@/core/contracts/test-run";
import type { Refusal } from "@/components/fields/refusal";
import { useTRPC } from "@/components/trpc";

export interface Rehearsing {
  busy: boolean;
  problem: Refusal | null;
  act(act: Rehearsal["act"]): void;
}

/** Acts for whoever, or whatever, the test waits for. */
export function useRehearsal(place: { runId: string; waitpointId: string }): Rehearsing {
  const api = useTRPC();
  const client = useQueryClient();
  const rehearse = useMutation(
    api.testing.rehearse.mutationOptions({
      onSettled: () => client.invalidateQueries(api.runs.get.queryFilter({ id: place.runId })),
    }),
  );
  return {
    busy: rehearse.isPending || rehearse.isSuccess,
    problem: rehearse.error,
    act: (act) => rehearse.mutate({ ...place, act }),
  };
}
