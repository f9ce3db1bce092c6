import { checkExpression } from "@/core/expression/check";
import { memberPaths } from "@/core/expression/member-paths";
import type { Issue } from "@/core/workflow/document";
import { inputNames } from "./expressions";
import type { Rule } from "./rule";
import { findExpressions } from "./sites";

const path = "config.concurrency.key";
/** What there is only once the run has started. Its place among the others is decided before. */
const laterNames: ReadonlySet<string> = new Set(["step", "run", "contact", "conversation"]);

/**
 * `bad_expression` and `unknown_reference` in what tells the groups of `concurrency` apart. A key without a value would count all
 * runs as one group: the limit would hold, for the wrong runs.
 */
export const concurrencyKey: Rule = (index, context) => {
  const { key } = context.config.concurrency;
  if (key === null) return [];
  const names = inputNames(index, context) ?? "any";
  const { found, broken } = findExpressions({ path, kind: key.includes("${") ? "template" : "expression", value: key });
  return [
    ...broken.map(({ message }) => problem("bad_expression", message)),
    ...found.flatMap(({ source }) => {
      const checked = checkExpression(source, { names });
      if (!checked.ok) return [problem("bad_expression", checked.message)];
      const later = new Set(memberPaths(source).flatMap(([root = ""]) => (laterNames.has(root) ? [root] : [])));
      return [...later].map((name) =>
        problem(
          "unknown_reference",
          `\`${name}\` is not known before the run starts, so it cannot tell runs apart. Use \`input\`, \`trigger\` or \`vars\`.`,
        ),
      );
    }),
  ];
};

function problem(code: string, message: string): Issue {
  return { code, severity: "error", path, message };
}
