import type { Issue } from "@/core/spec/document";
import type { EditableDocument } from "@/core/spec/edit/operation";

/** Where in the builder a problem is solved. */
export type ProblemPlace =
  | { kind: "step"; nodeId: string; field: string | undefined }
  | { kind: "connection"; key: string; nodeId: string }
  | { kind: "triggers" }
  | { kind: "configuration" }
  | { kind: "workflow" };

type Scope = Pick<EditableDocument["spec"], "startNodeId" | "nodes" | "edges">;

/** Validation names places by position (`nodes[2].body.nodes[0].expression`); the builder needs ids. */
export function problemPlace(issue: Issue, { spec }: EditableDocument): ProblemPlace {
  const path = issue.path.replace(/^spec\.?/, "");
  if (/^triggers(\[|\.|$)/.test(path)) return { kind: "triggers" };
  if (/^config(\[|\.|$)/.test(path)) return { kind: "configuration" };
  if (/^inputSchema(\[|\.|$)/.test(path)) return inputPlace(spec, path);
  const edge = /^(.*?)edges\[(\d+)\]/.exec(path);
  if (edge && isScopePath(edge[1] ?? "")) {
    const found = scopeAt(spec, edge[1] ?? "")?.edges[Number(edge[2])];
    if (found)
      return {
        kind: "connection",
        key: `${found.from}:${found.case}:${found.to}`,
        nodeId: issue.nodeId ?? found.from,
      };
  }
  if (issue.nodeId !== undefined) return { kind: "step", nodeId: issue.nodeId, field: fieldOf(path) };
  return { kind: "workflow" };
}

/** The field inside the innermost step a path names: `nodes[2].body.nodes[0].cases.a` -> `cases.a`. */
function fieldOf(path: string): string | undefined {
  const field = /^(?:nodes\[\d+\]\.body\.)*nodes\[\d+\]\.(.+)$/.exec(path)?.[1];
  return field === undefined || field.startsWith("body.") ? undefined : field;
}

function isScopePath(prefix: string): boolean {
  return /^(?:nodes\[\d+\]\.body\.)*$/.test(prefix);
}

function scopeAt(spec: Scope, prefix: string): Scope | null {
  let scope: Scope | null = spec;
  for (const [, position] of prefix.matchAll(/nodes\[(\d+)\]\.body\./g))
    scope = scope === null ? null : bodyOf(scope.nodes[Number(position)]);
  return scope;
}

function bodyOf(node: Scope["nodes"][number] | undefined): Scope | null {
  const body = node?.["body"];
  if (typeof body !== "object" || body === null || !("nodes" in body) || !("edges" in body)) return null;
  // A body in the canonical form is a scope; validation gave a path into it.
  return Array.isArray(body.nodes) && Array.isArray(body.edges) ? (body as Scope) : null;
}

/** The start step is where people edit what the workflow is given. */
function inputPlace(spec: Scope, path: string): ProblemPlace {
  const start = spec.nodes.find(({ type }) => type === "start");
  return start ? { kind: "step", nodeId: start.id, field: path } : { kind: "workflow" };
}
