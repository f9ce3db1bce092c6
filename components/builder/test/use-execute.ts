"use client";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { StartedTest, StartTest } from "@/core/contracts/test-run";
import type { JsonObject } from "@/core/json";
import { refusalOf, type Refusal } from "@/components/fields/refusal";
import { useTRPC } from "@/components/trpc";
import { useBuilderStore } from "@/components/builder/state/use-builder";
import { useRefreshBench } from "@/components/builder/state/use-test-bench";

export interface Execution {
  busy: boolean;
  problem: Refusal | null;
  /** Connections that act for real: nothing was started, the tester is asked first. */
  live: Extract<StartedTest, { started: false }>["liveConnections"] | null;
  execute(input: JsonObject, from?: StartTest["from"]): void;
  /** The tester agrees: starts what was asked about. */
  allow(): void;
  dismiss(): void;
}

/** Saves every edit, then starts a test of the draft and makes it the run that everything shows. */
export function useExecute(onStarted: () => void): Execution {
  const api = useTRPC();
  const store = useBuilderStore();
  const refresh = useRefreshBench();
  const [asked, setAsked] = useState<{ request: StartTest; live: NonNullable<Execution["live"]> } | null>(null);
  const start = useMutation(api.testing.start.mutationOptions());
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<Refusal | null>(null);

  const run = async (request: StartTest) => {
    setProblem(null);
    setSaving(true);
    try {
      await store.getState().flush();
      const answer = await start.mutateAsync(request);
      if (!answer.started) {
        setAsked({ request, live: answer.liveConnections });
        return;
      }
      setAsked(null);
      store.getState().setSampleRun({ runId: answer.runId, test: true, input: request.input, steps: [] });
      onStarted();
      void refresh();
    } catch (error) {
      setAsked(null);
      setProblem(refusalOf(error, "The test did not start. Try again."));
    } finally {
      setSaving(false);
    }
  };

  return {
    busy: saving,
    problem,
    live: asked?.live ?? null,
    execute: (input, from) =>
      void run({ slug: store.getState().slug, input, allowLive: false, ...(from ? { from } : {}) }),
    allow: () => {
      if (asked) void run({ ...asked.request, allowLive: true });
    },
    dismiss: () => setAsked(null),
  };
}
