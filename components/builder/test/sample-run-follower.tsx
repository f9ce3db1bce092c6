"use client";
import { skipToken, useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useTRPC } from "@/components/trpc";
import { useBuilder, useBuilderStore } from "@/components/builder/state/use-builder";
import { useTestBench } from "@/components/builder/state/use-test-bench";

/**
 * Keeps the run whose results the canvas and the fields show up to date, whichever panel is open. Until somebody chooses or
 * starts one, that is the newest test, else the newest run.
 */
export function SampleRunFollower(): null {
  const api = useTRPC();
  const store = useBuilderStore();
  const { data: bench } = useTestBench();
  const runId = useBuilder((state) => state.sampleRun?.runId ?? null);
  const hasBegun = useRef(false);
  useEffect(() => {
    if (!bench || hasBegun.current) return;
    hasBegun.current = true;
    const newest = bench.runs.find((run) => run.test) ?? bench.runs[0];
    const { sampleRun, setSampleRun } = store.getState();
    if (newest && !sampleRun) setSampleRun({ runId: newest.id, test: newest.test, input: newest.input, steps: [] });
  }, [bench, store]);

  const { data: run } = useQuery(api.runs.get.queryOptions(runId === null ? skipToken : { id: runId }));
  useEffect(() => {
    if (run && run.id === store.getState().sampleRun?.runId)
      store.getState().setSampleRun({ runId: run.id, test: run.test, input: run.input, steps: run.steps });
  }, [run, store]);
  return null;
}
