"use client";
import { useMutation } from "@tanstack/react-query";
import type { JsonObject } from "@/core/json";
import { useTRPC } from "@/components/trpc";
import { useBuilderStore } from "@/components/builder/state/use-builder";
import { useRefreshBench } from "@/components/builder/state/use-test-bench";

export interface Samples {
  busy: boolean;
  problem: string | null;
  /** The id; null when it was refused. */
  save(name: string, input: JsonObject): Promise<string | null>;
  remove(id: string): void;
}

/** Keeps inputs for later tests of the open workflow. */
export function useSamples(): Samples {
  const api = useTRPC();
  const store = useBuilderStore();
  const refresh = useRefreshBench();
  const saving = useMutation(api.testing.saveSample.mutationOptions({ onSuccess: refresh }));
  const removing = useMutation(api.testing.deleteSample.mutationOptions({ onSuccess: refresh }));
  return {
    busy: saving.isPending || removing.isPending,
    problem: (saving.error ?? removing.error)?.message ?? null,
    save: (name, input) =>
      saving.mutateAsync({ slug: store.getState().slug, name, input }).then(
        ({ id }) => id,
        () => null,
      ),
    remove: (id) => removing.mutate({ slug: store.getState().slug, id }),
  };
}
