import { expressionReferences } from "@/core/expression/references";
import { called, eachNode, warningAt } from "./rule";
import type { Rule } from "./rule";
import { expressionSites, findExpressions } from "./sites";

/** `unused_output`: a step that exists for its output, which nobody reads. A leaf's output is the result of its part. */
export const unusedOutput: Rule = (index) => {
  const candidates = index.scopes.flatMap((scope) =>
    scope.nodes.filter(({ definition, outgoing }) => definition?.onlyOutput === true && outgoing.size > 0),
  );
  if (candidates.length === 0) return [];
  const read = new Set<string>();
  let readsAll = false;
  for (const indexed of index.nodes.values()) {
    for (const site of expressionSites(indexed)) {
      for (const { source } of findExpressions(site).found) {
        const { steps, names } = expressionReferences(source);
        for (const id of steps) read.add(id);
        // `step` without a fixed id (`step[input.which]`) may read any of them.
        if (names.includes("step") && steps.length === 0) readsAll = true;
      }
    }
  }
  if (readsAll) return [];
  return candidates
    .filter(({ node }) => !read.has(node.id))
    .map((indexed) =>
      warningAt(
        indexed,
        "unused_output",
        "",
        `Nothing reads the output of ${called(indexed)}. Use step.${indexed.node.id}.output later, or remove it.`,
      ),
    );
};

/** `unused_timeout`: `timeoutMs` ends one try of a call; what waits for people or times is given `timeout`. */
export const unusedTimeout: Rule = eachNode((indexed) => {
  const { node, definition } = indexed;
  if (definition?.kind !== "wait" || node.timeoutMs === undefined) return [];
  return [
    warningAt(
      indexed,
      "unused_timeout",
      "timeoutMs",
      `${called(indexed)} does not use timeoutMs, which ends one try of a call. Write how long it may wait as timeout, e.g. "PT1H".`,
    ),
  ];
});
