import { memberPaths } from "@/core/expression/member-paths";
import { pathTo } from "@/core/expression/schema-paths";
import { lostNameFinder, type LostName } from "@/core/workflow/known-values";
import { nearest } from "@/core/nearest";
import { warningAt } from "./rule";
import type { Rule } from "./rule";
import { expressionSites, findExpressions } from "./sites";

/** Looking for the nearest name costs; nobody reads the hundredth suggestion. */
const mostSuggestions = 100;

/** `unknown_value`: an expression reads a part of something whose parts are all known, and this is none of them. */
export const unknownValue: Rule = (index, { config }) => {
  const find = lostNameFinder(index, config.variables);
  let suggested = 0;
  return index.scopes.flatMap((scope) =>
    scope.nodes.flatMap((indexed) => {
      const found = expressionSites(indexed).flatMap((site) =>
        findExpressions(site).found.flatMap(({ path, source }) =>
          memberPaths(source).flatMap((names) => {
            const lost = find(names, indexed, site);
            return lost === null ? [] : [{ path, lost }];
          }),
        ),
      );
      const messages = new Map(found.map(({ path, lost }) => [JSON.stringify([path, lost]), { path, lost }]));
      return [...messages.values()].map(({ path, lost }) =>
        warningAt(indexed, "unknown_value", path, sentence(lost, (suggested += 1) <= mostSuggestions)),
      );
    }),
  );
};

function sentence({ before, name, known }: LostName, suggest: boolean): string {
  const [root = "", ...keys] = before;
  const at = keys.reduce(pathTo, root);
  const near = suggest ? nearest(name, known) : null;
  const hint =
    near !== null
      ? `Did you mean \`${pathTo(at, near)}\`?`
      : known.length === 0
        ? `\`${at}\` has no parts.`
        : `\`${at}\` has ${known.slice(0, 20).join(", ")}.`;
  return `\`${pathTo(at, name)}\` is never there. ${hint}`;
}
