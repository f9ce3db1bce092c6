import type { Issue } from "@/core/workflow/document";
import type { IndexedNode, IndexedScope, SpecIndex } from "@/core/workflow/spec-index";
import { reachableFrom, someCycle } from "./graph-walks";
import { called, errorAt } from "./rule";
import type { Rule } from "./rule";

/** `no_start`: the document and every body begin somewhere. */
export const noStart: Rule = (index) =>
  index.scopes.flatMap((scope) => {
    if (scope.byId.has(scope.startNodeId)) return [];
    const where = scope.container === null ? "The workflow" : `The body of ${called(scope.container)}`;
    const what =
      scope.startNodeId === ""
        ? `${where} has no start. Add a Start step, or name the first step in startNodeId.`
        : `${where} starts at "${scope.startNodeId}", which is not one of its steps.`;
    return [
      {
        code: "no_start",
        severity: "error",
        path: `${scope.path}startNodeId`,
        message: what,
        ...nodeIdOf(scope.container),
      },
    ];
  });

/** `dangling_edge`: both ends are steps of the same document or body. */
export const danglingEdge: Rule = (index) =>
  index.scopes.flatMap((scope) =>
    scope.edges.flatMap((edge, position) =>
      (["from", "to"] as const).flatMap((end): Issue[] => {
        if (scope.byId.has(edge[end])) return [];
        const elsewhere = index.nodes.get(edge[end]);
        const other = end === "from" ? edge.to : edge.from;
        return [
          {
            code: "dangling_edge",
            severity: "error",
            path: `${scope.path}edges[${position}].${end}`,
            message: `A connection ${end === "from" ? "to" : "from"} "${other}" ${end === "from" ? "comes from" : "leads to"} "${edge[end]}", ${place(elsewhere)} Connect it to a step that is there, or remove it.`,
            ...(scope.byId.has(other) ? { nodeId: other } : {}),
          },
        ];
      }),
    ),
  );

/** `cycle`: workflows go forward; repetition is what loops are for. */
export const cycle: Rule = (index) =>
  index.scopes.flatMap((scope) => {
    const found = someCycle(scope);
    const [first] = found;
    if (first === undefined) return [];
    const way = [...found, first].map((id) => `"${id}"`).join(" → ");
    const position = scope.edges.findIndex(({ from, to }) => from === found.at(-1) && to === first);
    return [
      {
        code: "cycle",
        severity: "error",
        path: `${scope.path}edges[${position}]`,
        nodeId: first,
        message: `The steps go in a circle: ${way}. Remove one of these connections, or use a Loop.`,
      },
    ];
  });

/** `unreachable_node`: everything that is drawn can happen. */
export const unreachableNode: Rule = (index) =>
  index.scopes.flatMap((scope) => {
    if (!scope.byId.has(scope.startNodeId)) return [];
    const reached = reachableFrom(scope, scope.startNodeId);
    return scope.nodes
      .filter(({ node }) => !reached.has(node.id))
      .map((indexed) =>
        errorAt(indexed, "unreachable_node", "", `Nothing leads to ${called(indexed)}. Connect it, or remove it.`),
      );
  });

/** `invalid_config`: a step that ends the whole run cannot stand in a body that runs several times. */
export const endInBody: Rule = (index: SpecIndex) =>
  index.scopes.flatMap((scope: IndexedScope) =>
    scope.container === null
      ? []
      : scope.nodes
          .filter(({ definition }) => definition?.endsRun === true)
          .map((indexed) =>
            errorAt(
              indexed,
              "invalid_config",
              "type",
              `${called(indexed)} would end the whole run from inside a loop. Use an Output step for what an iteration gives, and end the run after the loop.`,
            ),
          ),
  );

function place(elsewhere: IndexedNode | undefined): string {
  if (elsewhere === undefined) return "which does not exist.";
  return elsewhere.scope.container === null
    ? "which is outside of the loop."
    : `which is inside ${called(elsewhere.scope.container)}.`;
}

function nodeIdOf(container: IndexedNode | null): { nodeId?: string } {
  return container === null ? {} : { nodeId: container.node.id };
}
