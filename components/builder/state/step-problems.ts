import type { Issue } from "@/core/workflow/document";
import { isWithin, parsePath } from "./field-path";
import type { FieldPath } from "@/core/workflow/form-layout";

/** A finding about one step, with the field it is about (empty: the step as a whole). */
export interface StepProblem {
  issue: Issue;
  field: FieldPath;
}

/** The findings of a step, errors first. */
export function stepProblems(issues: readonly Issue[], nodeId: string): StepProblem[] {
  return issues
    .filter((issue) => issue.nodeId === nodeId)
    .map((issue) => ({ issue, field: parsePath(fieldPart(issue.path)) }))
    .sort((a, b) => rank(a.issue) - rank(b.issue));
}

/** `nodes[2].body.nodes[0].cases[1]` -> `cases[1]`. The positions may be a moment old; the id is what counts. */
function fieldPart(path: string): string {
  return path.replace(/^(?:nodes\[\d+\]\.body\.)*nodes\[\d+\]\.?/, "");
}

function rank({ severity }: Issue): number {
  return severity === "error" ? 0 : 1;
}

/** The findings about a field or something inside it. */
export function problemsOf(problems: readonly StepProblem[], field: FieldPath): StepProblem[] {
  return field.length === 0 ? [] : problems.filter((problem) => isWithin(problem.field, field));
}

/** The findings that no field on show can carry: they stand at the top of the panel. */
export function problemsElsewhere(problems: readonly StepProblem[], shown: readonly FieldPath[]): StepProblem[] {
  return problems.filter(({ field }) => field.length === 0 || !shown.some((path) => isWithin(field, path)));
}
