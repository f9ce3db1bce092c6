import { called, eachNode, errorAt, warningAt } from "./rule";
import type { Rule } from "./rule";
import { suggestion } from "@/core/nearest";

/** `missing_default_case`: a way out that must lead somewhere. */
export const missingDefaultCase: Rule = eachNode((indexed) =>
  (indexed.handles ?? [])
    .filter((handle) => handle.required === true && !indexed.outgoing.has(handle.id))
    .map(() =>
      errorAt(
        indexed,
        "missing_default_case",
        "defaultCase",
        `${called(indexed)} needs a default. Choose where other answers go.`,
      ),
    ),
);

/** `missing_branch`: a way out that people expect to lead somewhere. */
export const missingBranch: Rule = eachNode((indexed) =>
  (indexed.handles ?? [])
    .filter((handle) => handle.expected === true && !indexed.outgoing.has(handle.id))
    .map((handle) =>
      warningAt(
        indexed,
        "missing_branch",
        "",
        `Nothing is connected to "${handle.label}" of ${called(indexed)}: the run ends there. Connect it if something should happen.`,
      ),
    ),
);

/** `invalid_config`: edges that leave by a way out that the step does not have. */
export const unknownBranch: Rule = (index) =>
  index.scopes.flatMap((scope) =>
    scope.edges.flatMap((edge, position) => {
      const indexed = scope.byId.get(edge.from);
      const handles = indexed?.handles;
      if (
        indexed === undefined ||
        handles === undefined ||
        handles === null ||
        handles.some(({ id }) => id === edge.case)
      )
        return [];
      const ways = handles.slice(0, 30).map(({ id }) => id);
      const message =
        indexed.definition?.endsRun === true
          ? `${called(indexed)} ends the run, so nothing can follow it. Remove the connection to "${edge.to}".`
          : edge.case === ""
            ? `The connection from ${called(indexed)} to "${edge.to}" does not say for which answer. Give it a case: ${ways.join(", ")}.`
            : `${called(indexed)} has no way out "${edge.case}".${suggestion(edge.case, ways)} It has: ${ways.join(", ")}.`;
      return [
        {
          code: "invalid_config",
          severity: "error" as const,
          path: `${scope.path}edges[${position}].case`,
          nodeId: edge.from,
          message,
        },
      ];
    }),
  );
