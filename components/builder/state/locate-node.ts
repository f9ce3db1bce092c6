import type { Spec, SpecEdge, SpecNode } from "@/core/workflow/document";
import { isContainerType } from "@/core/workflow/edit/node-handles";
import { stepDefinitions } from "@/steps/definitions";

/** A step with its place in the document. */
export interface LocatedNode {
  node: SpecNode;
  /** As problems name it, e.g. `nodes[2].body.nodes[0]`. */
  path: string;
  /** The containers around it, innermost first. */
  containers: readonly SpecNode[];
  scope: Scope;
}

/** The steps and connections among which a step stands: the workflow's, or those of a loop's body. */
export interface Scope {
  startNodeId: string;
  nodes: readonly SpecNode[];
  edges: readonly SpecEdge[];
}

export function locateNode(spec: Spec, id: string): LocatedNode | null {
  return search(spec, id, "", []);
}

function search(scope: Scope, id: string, prefix: string, containers: readonly SpecNode[]): LocatedNode | null {
  const position = scope.nodes.findIndex((node) => node.id === id);
  const node = scope.nodes[position];
  if (node !== undefined) return { node, path: `${prefix}nodes[${position}]`, containers, scope };
  for (const [index, outer] of scope.nodes.entries()) {
    const body = bodyOf(outer);
    const found = body && search(body, id, `${prefix}nodes[${index}].body.`, [outer, ...containers]);
    if (found) return found;
  }
  return null;
}

function bodyOf(node: SpecNode): Scope | null {
  // A call has a field of that name too.
  if (!isContainerType(node.type, stepDefinitions)) return null;
  const { body } = node;
  if (typeof body !== "object" || body === null || !("nodes" in body) || !("edges" in body)) return null;
  if (!Array.isArray(body.nodes) || !Array.isArray(body.edges)) return null;
  // The document was imported or made by operations: what stands in a body's lists are steps and connections.
  return { startNodeId: "", ...body, nodes: body.nodes as SpecNode[], edges: body.edges as SpecEdge[] };
}

/** Every step and every connection, bodies included. */
export function allScopes(spec: Spec): Scope[] {
  const scopes: Scope[] = [spec];
  for (const scope of scopes)
    for (const node of scope.nodes) {
      const body = bodyOf(node);
      if (body) scopes.push(body);
    }
  return scopes;
}
