import { checkExpression } from "@/core/expression/check";
import { wholeStepWords } from "@/core/expression/language-words";
import { expressionReferences } from "@/core/expression/references";
import type { AddressKind } from "@/core/expression/run-address";
import { isJsonObject } from "@/core/json-guard";
import { contextNames } from "@/core/workflow/names";
import { suggestion } from "@/core/nearest";
import type { IndexedNode, IndexedScope, SpecIndex } from "@/core/workflow/spec-index";
import type { ExpressionSite } from "@/core/workflow/step-definition";
import { precedence } from "./graph-walks";
import { called, errorAt, warningAt } from "./rule";
import type { Rule, ValidationContext } from "./rule";
import { expressionSites, findExpressions } from "./sites";

/** `bad_expression`: every expression and template can be read, and names only what there is. */
export const badExpression: Rule = (index, context) => {
  const inputs = inputNames(index, context);
  return eachSite(index, (indexed, site) => {
    const names = inputs === null ? "any" : [...inputs, ...bodyNames(indexed, site), ...(site.extraNames ?? [])];
    const { found, broken } = findExpressions(site);
    return [
      ...broken.map(({ path, message }) => errorAt(indexed, "bad_expression", path, message)),
      ...found.flatMap(({ path, source }) => {
        const checked = checkExpression(source, { names });
        return checked.ok ? [] : [errorAt(indexed, "bad_expression", path, checked.message)];
      }),
    ];
  });
};

/** `unknown_reference`: a `step.x` names a step that exists, is visible here and comes before. */
export const unknownReference: Rule = (index) => {
  const orders = new Map(index.scopes.map((scope) => [scope, precedence(scope)]));
  // Looking for the nearest name costs; nobody reads the hundredth suggestion.
  let suggested = 0;
  const suggest = (id: string): string => ((suggested += 1) > 100 ? "" : suggestion(id, index.nodes.keys()));
  return eachSite(index, (indexed, site) =>
    findExpressions(site).found.flatMap(({ path, source }) => {
      const { steps, parts, addresses, wholeStep } = expressionReferences(source);
      const unknownSteps = steps.map((id) => referenceProblem(id, indexed, site, { index, orders, suggest }));
      const unknownParts = parts.map(({ step, part }) => (index.nodes.has(step) ? partProblem(step, part) : null));
      const unknownAddresses = addressKinds.flatMap((kind) =>
        addresses[kind].map((id) => addressProblem(kind, id, { from: indexed, site }, { index, suggest })),
      );
      const problems = [...unknownSteps, ...unknownParts, ...unknownAddresses].filter((problem) => problem !== null);
      return [
        ...problems.map((problem) => errorAt(indexed, "unknown_reference", path, problem)),
        ...(wholeStep ? [warningAt(indexed, "unknown_reference", path, wholeStepWords)] : []),
      ];
    }),
  );
};

function eachSite<T>(index: SpecIndex, look: (indexed: IndexedNode, site: ExpressionSite) => T[]): T[] {
  return index.scopes.flatMap((scope) =>
    scope.nodes.flatMap((indexed) => expressionSites(indexed).flatMap((site) => look(indexed, site))),
  );
}

/** `step.c.headers` looks right and is never there. */
function partProblem(step: string, part: string): string | null {
  if (stepParts.has(part)) return null;
  const meant = part === "headers" ? `step.${step}.response.headers` : `step.${step}.output.${part}`;
  return `A step has ${[...stepParts].join(", ")}, but no "${part}". Write ${meant}.`;
}

const stepParts: ReadonlySet<string> = new Set(["output", "status", "error", "response"]);

interface Surroundings {
  index: SpecIndex;
  orders: ReadonlyMap<IndexedScope, ReturnType<typeof precedence>>;
  suggest(id: string): string;
}

function referenceProblem(
  id: string,
  from: IndexedNode,
  site: ExpressionSite,
  { index, orders, suggest }: Surroundings,
): string | null {
  const target = index.nodes.get(id);
  if (target === undefined)
    return `There is no step "${id}".${suggest(id)} Name a step that comes before ${called(from)}.`;
  if (site.insideBody === true && target.scope.container === from) return null;
  if (target === from)
    return site.path === "result"
      ? null
      : `${called(from)} reads its own output, which is not there yet. Name a step that comes before it.`;
  // From a body, the steps before the container are visible too, and those before its own container.
  let at: IndexedNode | null = from;
  while (at !== null && at.scope !== target.scope) at = at.scope.container;
  if (at === null) {
    const container = target.scope.container;
    return `${called(target)} runs inside ${container === null ? "another part" : called(container)}, once per iteration, and cannot be read from here. Use step.${container?.node.id ?? id}.output.`;
  }
  if (at === target)
    return `${called(target)} is still running while ${called(from)} runs inside it. Use what its own steps gave, or a step before it.`;
  const before = orders.get(target.scope);
  if (before === null || before === undefined || before(id, at.node.id)) return null;
  return `${called(target)} does not come before ${called(from)}, so its output is never there. Connect it before, or name another step.`;
}

const addressKinds = ["callback", "form"] as const satisfies readonly AddressKind[];

const addressed: Record<
  AddressKind,
  { has: (target: IndexedNode) => boolean; example: string; without: string; what: string }
> = {
  callback: {
    has: ({ config, definition }) => definition?.awaitsCallback?.(config) === true,
    example: '"type": "wait", "callback": true',
    without: "does not wait for a callback",
    what: "address",
  },
  form: {
    has: ({ config, definition }) => definition?.opensPage?.(config) === true,
    example: '"type": "collect_form", "deliverTo": "page"',
    without: "is no form that is shown on a page (one that members answer stands in their inbox)",
    what: "page",
  },
};

/** The step need not come before: its address is handed out so that somebody goes there later. */
function addressProblem(
  kind: AddressKind,
  id: string,
  { from, site }: { from: IndexedNode; site: ExpressionSite },
  { index, suggest }: Pick<Surroundings, "index" | "suggest">,
): string | null {
  const target = index.nodes.get(id);
  const { has, without, what } = addressed[kind];
  const example = `{"id": "${id}", ${addressed[kind].example}}`;
  if (target === undefined)
    return `There is no step "${id}".${suggest(id)} \`run.${kind}\` names a step such as ${example}.`;
  if (target.config !== undefined && !has(target))
    return `${called(target)} ${without}, so it has no ${what}. Name a step such as ${example}.`;
  if (site.insideBody === true && target.scope.container === from) return null;
  let at: IndexedNode | null = from;
  while (at !== null && at.scope !== target.scope) at = at.scope.container;
  return at === null
    ? `${called(target)} runs inside another part, once per iteration, so it has no one address. Use \`run.${kind}\` in a step beside it.`
    : null;
}

/** Bare names of the whole document; null when the input may hold anything. */
export function inputNames({ spec }: SpecIndex, { config }: ValidationContext): readonly string[] | null {
  const schema = spec.inputSchema;
  if (schema === undefined || schema["additionalProperties"] !== false || !isJsonObject(schema["properties"]))
    return null;
  return [...contextNames, ...Object.keys(schema["properties"]), ...Object.keys(config.variables)];
}

/** Item names and `index` of the bodies around a node (and of its own, for sites that look inside). */
function bodyNames(indexed: IndexedNode, site: ExpressionSite): string[] {
  const names: string[] = [];
  for (let at = site.insideBody === true ? indexed : indexed.scope.container; at !== null; at = at.scope.container) {
    if (at.config !== undefined) names.push(...(at.definition?.bodyNames?.(at.config) ?? []));
  }
  return names;
}
