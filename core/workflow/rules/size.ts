import type { Issue, Spec } from "@/core/workflow/document";
import { isJsonObject } from "@/core/json-guard";

/** What one document may hold. */
export const sizeLimits = { nodes: 2_000, bytes: 2 * 1024 * 1024 } as const;

/** `too_large`: looked at first, since the other rules are made for documents of a sane size. */
export function sizeProblems(spec: Spec): Issue[] {
  const nodes = countNodes(spec);
  const bytes = new TextEncoder().encode(JSON.stringify(spec)).length;
  const problem = (message: string): Issue => ({
    code: "too_large",
    severity: "error",
    path: "nodes",
    message: `${message} Split the workflow.`,
  });
  return [
    ...(nodes > sizeLimits.nodes
      ? [problem(`The workflow has ${nodes.toLocaleString("en-US")} steps; at most 2,000 are possible.`)]
      : []),
    ...(bytes > sizeLimits.bytes
      ? [problem(`The workflow has ${(bytes / 1024 / 1024).toFixed(1)} MB; at most 2 MB are possible.`)]
      : []),
  ];
}

function countNodes(spec: Pick<Spec, "nodes">): number {
  let count = 0;
  const open: unknown[] = [spec];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (!isJsonObject(next) || !Array.isArray(next["nodes"])) continue;
    count += next["nodes"].length;
    for (const node of next["nodes"]) if (isJsonObject(node) && node["body"] !== undefined) open.push(node["body"]);
  }
  return count;
}
