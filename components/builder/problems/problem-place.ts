import type { Issue } from "@/core/workflow/document";
import { placeOfIssue } from "@/core/workflow/edit/issue-place";
import type { EditableDocument } from "@/core/workflow/edit/operation";
import { stepDefinition, stepDefinitions } from "@/steps/definitions";

/** Where in the builder a problem is solved. */
export type ProblemPlace =
  | { kind: "step"; nodeId: string; field: string | undefined }
  | { kind: "connection"; key: string; nodeId: string }
  | { kind: "triggers" }
  | { kind: "configuration" }
  | { kind: "workflow" };

/** Validation names places by position (`nodes[2].body.nodes[0].expression`); the builder needs ids. */
export function problemPlace(issue: Issue, { spec }: EditableDocument): ProblemPlace {
  const path = issue.path.replace(/^spec\.?/, "");
  const part = /^(triggers|config|inputSchema)(?=\[|\.|$)/.exec(path)?.[1];
  if (part === "triggers") return { kind: "triggers" };
  if (part === "config") return { kind: "configuration" };
  if (part === "inputSchema") return inputPlace(spec, path);
  const { edge } = placeOfIssue(spec, path, stepDefinitions);
  if (edge)
    return { kind: "connection", key: `${edge.from}:${edge.case}:${edge.to}`, nodeId: issue.nodeId ?? edge.from };
  return issue.nodeId === undefined
    ? { kind: "workflow" }
    : { kind: "step", nodeId: issue.nodeId, field: fieldOf(path) };
}

/** The field inside the innermost step a path names: `nodes[2].body.nodes[0].cases.a` -> `cases.a`. */
function fieldOf(path: string): string | undefined {
  const field = /^(?:nodes\[\d+\]\.body\.)*nodes\[\d+\]\.(.+)$/.exec(path)?.[1];
  return field === undefined || field.startsWith("body.") ? undefined : field;
}

/** The start step is where people edit what the workflow is given. */
function inputPlace(spec: EditableDocument["spec"], path: string): ProblemPlace {
  const start = spec.nodes.find(({ type }) => stepDefinition(type)?.entry === true);
  return start ? { kind: "step", nodeId: start.id, field: path } : { kind: "workflow" };
}
