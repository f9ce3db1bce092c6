"use client";
import { useMemo } from "react";
import type { Issue } from "@/core/workflow/document";
import { nodeStates } from "@/components/graph/node-state";
import { useBuilder } from "@/components/builder/state/use-builder";
import { usePinnedSteps } from "@/components/builder/state/use-test-bench";
import type { CardMarks } from "./canvas-elements";

/** What cards show beside the document: selection, problems, the last run, other people, pins. */
export function useCardMarks(): CardMarks {
  const pins = usePinnedSteps();
  const selected = useBuilder((state) => state.selectedNodes);
  const selectedEdges = useBuilder((state) => state.selectedEdges);
  const issueList = useBuilder((state) => state.issues);
  const run = useBuilder((state) => state.sampleRun);
  const persons = useBuilder((state) => state.people);
  const readOnly = useBuilder((state) => state.readOnly);
  const issues = useMemo(() => countIssues(issueList), [issueList]);
  const states = useMemo(() => nodeStates(run?.steps ?? []), [run]);
  const people = useMemo(() => {
    const names = new Map<string, string[]>();
    for (const { nodeId, name } of persons)
      if (nodeId !== null) names.set(nodeId, [...new Set([...(names.get(nodeId) ?? []), name])]);
    return new Map([...names].map(([id, list]) => [id, list.join(", ")]));
  }, [persons]);
  return useMemo(
    () => ({ selected, selectedEdges, issues, states, people, pins, readOnly }),
    [selected, selectedEdges, issues, states, people, pins, readOnly],
  );
}

/** Problems by step. */
export function countIssues(issues: readonly Issue[]): ReadonlyMap<string, { problems: number; errors: number }> {
  const counts = new Map<string, { problems: number; errors: number }>();
  for (const { nodeId, severity } of issues) {
    if (nodeId === undefined) continue;
    const { problems, errors } = counts.get(nodeId) ?? { problems: 0, errors: 0 };
    counts.set(nodeId, { problems: problems + 1, errors: errors + (severity === "error" ? 1 : 0) });
  }
  return counts;
}
