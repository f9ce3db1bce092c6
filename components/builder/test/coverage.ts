import type { TestBench } from "@/core/contracts/test-run";
import type { Spec } from "@/core/workflow/document";
import { indexSpec } from "@/core/workflow/spec-index";
import type { StepDefinitions } from "@/core/workflow/step-definition";

export interface Branch {
  nodeId: string;
  /** Name of the step. */
  step: string;
  handle: string;
  /** Name of the branch. */
  label: string;
}

export interface Coverage {
  branches: number;
  /** In the order of the document. */
  untested: Branch[];
}

/** Of the steps that lead to more than one place: which ways no test of this draft has gone. */
export function branchCoverage(spec: Spec, definitions: StepDefinitions, taken: TestBench["taken"]): Coverage {
  const went = new Set(taken.map(({ nodeId, handle }) => keyOf(nodeId, handle)));
  const branches = [...indexSpec(spec, definitions).nodes.values()].flatMap(
    ({ node, definition, handles, outgoing }): Branch[] => {
      if (node.disabled) return [];
      const connected = (handles ?? []).filter(({ id }) => (outgoing.get(id) ?? []).length > 0);
      if (connected.length < 2) return [];
      const step = node.name ?? definition?.title ?? node.id;
      return connected.map(({ id, label }) => ({ nodeId: node.id, step, handle: id, label }));
    },
  );
  return {
    branches: branches.length,
    untested: branches.filter(({ nodeId, handle }) => !went.has(keyOf(nodeId, handle))),
  };
}

/** "2 of 5 branches were tested." */
export function coverageWords({ branches, untested }: Coverage): string {
  if (branches === 0) return "This draft has no branches: one test goes every way there is.";
  if (untested.length === 0)
    return branches === 1 ? "The branch was tested." : `All ${String(branches)} branches were tested.`;
  return `${String(branches - untested.length)} of ${String(branches)} branches were tested.`;
}

function keyOf(nodeId: string, handle: string): string {
  return JSON.stringify([nodeId, handle]);
}
