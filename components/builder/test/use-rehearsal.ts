"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Rehearsal } from "@/core/contracts/test-run";
import { useTRPC } from "@/components/trpc";

export interface Rehearsing {
  busy: boolean;
  problem: string | null;
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
    problem: rehearse.error?.message ?? null,
    act: (act) => rehearse.mutate({ ...place, act }),
  };
}
