import { expressionReferences } from "@/core/expression/references";
import { called, warningAt } from "./rule";
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
