"use client";
import { useMutation } from "@tanstack/react-query";
import type { Json } from "@/core/json";
import { useTRPC } from "@/components/trpc";
import { useBuilderStore } from "@/components/builder/state/use-builder";
import { useRefreshBench } from "@/components/builder/state/use-test-bench";

export interface Pinning {
  busy: boolean;
  problem: string | null;
  pin(nodeId: string, handle: string, output: Json): void;
  unpin(nodeId: string): void;
}

/** Lets tests take a step's output as given, beside the draft and never in it. */
export function usePinning(): Pinning {
  const api = useTRPC();
  const store = useBuilderStore();
  const refresh = useRefreshBench();
  const pinning = useMutation(api.testing.pin.mutationOptions({ onSuccess: refresh }));
  const unpinning = useMutation(api.testing.unpin.mutationOptions({ onSuccess: refresh }));
  return {
    busy: pinning.isPending || unpinning.isPending,
    problem: (pinning.error ?? unpinning.error)?.message ?? null,
    // A step that was added a moment ago must be known to the server first.
    pin: (nodeId, handle, output) =>
      void store
        .getState()
        .flush()
        .catch(() => undefined)
        .then(() => pinning.mutate({ slug: store.getState().slug, nodeId, handle, output })),
    unpin: (nodeId) => unpinning.mutate({ slug: store.getState().slug, nodeId }),
  };
}
