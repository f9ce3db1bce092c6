import type { Issue } from "@/core/workflow/document";
import type { EditableDocument } from "@/core/workflow/edit/operation";
import { specGraph } from "@/core/workflow/graph";
import { stepDefinitions } from "@/steps/definitions";
import { problemPlace, type ProblemPlace } from "./problem-place";

export interface Problem {
  issue: Issue;
  place: ProblemPlace;
}

/** The problems of one step, or of one part of the workflow that is no step. */
export interface ProblemGroup {
  key: string;
  title: string;
  /** Null for triggers, configuration and the workflow as a whole. */
  step: { id: string; icon: string; color: string } | null;
  problems: Problem[];
}

/** Groups with errors first, each in the order of the workflow; inside a group errors first. */
export function problemGroups(issues: readonly Issue[], document: EditableDocument): ProblemGroup[] {
  if (issues.length === 0) return [];
  const cards = new Map(
    specGraph(document.spec, stepDefinitions).nodes.map((card, order) => [card.id, { card, order }]),
  );
  const groups = new Map<string, ProblemGroup & { order: number }>();
  for (const issue of issues) {
    const place = problemPlace(issue, document);
    const found = "nodeId" in place ? cards.get(place.nodeId) : undefined;
    const key = found ? `step ${found.card.id}` : place.kind;
    const group = groups.get(key) ?? {
      key,
      title: found?.card.title ?? partTitles[place.kind],
      step: found ? { id: found.card.id, icon: found.card.icon, color: found.card.color } : null,
      problems: [],
      order: found?.order ?? Number.MAX_SAFE_INTEGER,
    };
    group.problems.push({ issue, place });
    groups.set(key, group);
  }
  for (const group of groups.values()) group.problems.sort((a, b) => weight(a.issue) - weight(b.issue));
  return [...groups.values()]
    .sort((a, b) => worst(a) - worst(b) || a.order - b.order)
    .map(({ order: _order, ...group }) => group);
}

export interface ProblemCount {
  errors: number;
  warnings: number;
  total: number;
}

export function countProblems(issues: readonly Issue[]): ProblemCount {
  const errors = issues.filter(({ severity }) => severity === "error").length;
  return { errors, warnings: issues.length - errors, total: issues.length };
}

/** "2 problems and 1 hint", "1 hint", "Nothing to fix". */
export function problemCountWords({ errors, warnings }: Pick<ProblemCount, "errors" | "warnings">): string {
  const parts = [
    errors === 0 ? null : errors === 1 ? "1 problem" : `${errors} problems`,
    warnings === 0 ? null : warnings === 1 ? "1 hint" : `${warnings} hints`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? "Nothing to fix" : parts.join(" and ");
}

function worst(group: ProblemGroup): number {
  return Math.min(...group.problems.map(({ issue }) => weight(issue)));
}

function weight({ severity }: Issue): number {
  return severity === "error" ? 0 : 1;
}

const partTitles: Record<ProblemPlace["kind"], string> = {
  step: "A step that is gone",
  connection: "Connections",
  triggers: "Triggers",
  configuration: "Configuration",
  workflow: "The whole workflow",
};
