import { nodeIdProblem } from "@/core/workflow/names";
import { stepTypes } from "@/core/workflow/step-types";
import { eachNode, errorAt } from "./rule";
import type { Rule } from "./rule";

/** `duplicate_id`: an id names one step in the whole document, bodies included. */
export const duplicateId: Rule = (index) =>
  index.scopes.flatMap((scope) =>
    scope.nodes.flatMap((indexed) => {
      const first = index.nodes.get(indexed.node.id);
      if (first === undefined || first === indexed) return [];
      return [
        errorAt(
          indexed,
          "duplicate_id",
          "id",
          `Two steps have the id "${indexed.node.id}" (the other is ${first.path}). Rename one of them.`,
        ),
      ];
    }),
  );

/** `unknown_type` */
export const unknownType: Rule = eachNode((indexed, { definitions }) =>
  indexed.definition === null
    ? [errorAt(indexed, "unknown_type", "type", stepTypes(definitions).unknownTypeMessage(indexed.node.type))]
    : [],
);

/** `invalid_config` for ids that expressions could not name. */
export const unusableId: Rule = eachNode((indexed) => {
  const problem = nodeIdProblem(indexed.node.id);
  return problem === null ? [] : [errorAt(indexed, "invalid_config", "id", problem)];
});
