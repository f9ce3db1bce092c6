"use client";
import { useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import { useMemo } from "react";
import type { TestBench, TestPin } from "@/core/contracts/test-run";
import { useTRPC } from "@/components/trpc";
import { useBuilder } from "./use-builder";

/** Samples, pins and earlier runs of the open workflow. */
export function useTestBench(): Pick<UseQueryResult<TestBench>, "data"> & { error: string | null; refetch(): void } {
  const api = useTRPC();
  const slug = useBuilder((state) => state.slug);
  const { data, error, refetch } = useQuery(api.testing.bench.queryOptions({ slug }));
  return { data, error: error?.message ?? null, refetch: () => void refetch() };
}

/** Reads the bench again: after anything that changed it. */
export function useRefreshBench(): () => Promise<void> {
  const api = useTRPC();
  const client = useQueryClient();
  const slug = useBuilder((state) => state.slug);
  return () => client.invalidateQueries(api.testing.bench.queryFilter({ slug }));
}

/** Steps that tests give a pinned output for, by step id. */
export function usePins(): ReadonlyMap<string, TestPin> {
  const pins = useTestBench().data?.pins;
  return useMemo(() => new Map((pins ?? []).map((pin) => [pin.nodeId, pin])), [pins]);
}

/** The same as a set of ids, for the cards. */
export function usePinnedSteps(): ReadonlySet<string> {
  const pins = usePins();
  return useMemo(() => new Set(pins.keys()), [pins]);
}
