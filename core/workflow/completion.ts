import { contextPaths } from "@/core/expression/context-paths";
import { evaluateExpression } from "@/core/expression/evaluate";
import { renderTemplate } from "@/core/expression/template";
import type { ExpressionFunction } from "@/core/expression/function-entry";
import { expressionFunctions } from "@/core/expression/functions";
import { languageFunctions } from "@/core/expression/language-words";
import { sampleScope } from "@/core/expression/sample-scope";
import type { SampleRunValues } from "@/core/expression/sample-scope";
import type { KnownPath } from "@/core/expression/schema-paths";
import { knownPaths, pathTo } from "@/core/expression/schema-paths";
import type { Json, JsonObject } from "@/core/json";
import { expressionSites } from "@/core/workflow/rules/sites";
import type { SpecNode } from "@/core/workflow/document";
import type { EditableDocument } from "@/core/workflow/edit/operation";
import { configOf } from "@/core/workflow/edit/node-handles";
import type { IndexedNode, SpecIndex } from "@/core/workflow/spec-index";
import { indexSpec } from "@/core/workflow/spec-index";
import type { StepDefinitions } from "@/core/workflow/step-definition";
import { visibleSteps } from "@/core/workflow/visible-steps";

export interface Completion {
  /** What is shown and searched, e.g. `step.preview.output.amount`. */
  label: string;
  /** What is written: paths as they are, functions with their opening bracket. */
  insert: string;
  kind: "input" | "variable" | "step" | "item" | "context" | "function";
  /** One or two words: the type, the step's name, the signature. */
  detail: string;
  info?: string;
  sample?: Json;
  /** The step that a `step` completion reads, for grouping. */
  stepId?: string;
}

export interface CompletionOptions {
  /** What a run gave, by step id. */
  sample?: SampleRunValues;
  /** The field that is edited, as its path inside the step: some see more, e.g. `until` what is inside the loop. */
  field?: string;
  /** What a step's output holds where its own settings do not tell, e.g. by the connector's action. */
  outputSchema?(node: SpecNode): JsonObject | null;
}

/** Everything that an expression may name at a step, nearest first; `null`: outside of all steps, e.g. in a trigger. */
export function completions(
  document: EditableDocument,
  nodeId: string | null,
  definitions: StepDefinitions,
  options: CompletionOptions = {},
): Completion[] {
  const index = indexSpec(document.spec, definitions);
  const indexed = nodeId === null ? undefined : index.nodes.get(nodeId);
  return [
    ...(indexed === undefined ? [] : around(document, indexed, options)),
    ...inputs(document, options.sample),
    ...variables(document, options.sample),
    ...(indexed === undefined ? [] : steps(index, indexed, options)),
    ...context,
    ...(indexed === undefined ? [] : addresses(index, indexed)),
    ...functions,
  ];
}

/** Addresses of steps, earlier or later, where others call or answer: those beside the step, and beside the parts that it is in. */
function addresses(index: SpecIndex, indexed: IndexedNode): Completion[] {
  const scopes = new Set<IndexedNode["scope"]>();
  for (let at: IndexedNode | null = indexed; at !== null; at = at.scope.container) scopes.add(at.scope);
  return [...index.nodes.values()].flatMap(({ scope, node, config, definition }) => {
    if (!scopes.has(scope) || config === undefined) return [];
    const name = node.name ?? node.id;
    if (definition?.awaitsCallback?.(config) === true)
      return [
        address(`run.callback('${node.id}')`, `address of ${name}`, [
          `The address that ends the wait of ${name} when it is called.`,
          "Hand it out before the step: a call that comes early is kept.",
        ]),
      ];
    if (definition?.opensPage?.(config) === true)
      return [
        address(`run.form('${node.id}')`, `page of ${name}`, [
          `The page where ${name} is filled in. Send it before the step:`,
          "whoever opens it early is told that the form comes.",
        ]),
      ];
    return [];
  });
}

function address(path: string, detail: string, info: readonly string[]): Completion {
  return named("context", { path, type: "text", info: info.join(" ") }, { detail });
}

/** Names of the loops around the step, and of the field itself. */
function around(document: EditableDocument, indexed: IndexedNode, options: CompletionOptions): Completion[] {
  const { field, sample } = options;
  const site = expressionSites(indexed).find(({ path }) => path === field);
  const extra = (field === "result" ? ["output"] : (site?.extraNames ?? [])).flatMap((name) =>
    knownPaths(name, outputOf(indexed, options), sample?.steps[indexed.node.id]).map((known) =>
      named("context", known, { detail: `Output of this step, ${known.type}` }),
    ),
  );
  const loops: Completion[] = [];
  const first = site?.insideBody === true ? indexed : indexed.scope.container;
  for (let at = first; at !== null; at = at.scope.container) loops.push(...itemNames(document, at, sample));
  return [...extra, ...loops];
}

/** What a loop calls its current item, with the parts of the first one. */
function itemNames(document: EditableDocument, loop: IndexedNode, sample: SampleRunValues | undefined): Completion[] {
  const { definition, node } = loop;
  const names = definition === null ? [] : (definition.bodyNames?.(configOf(node, definition)) ?? []);
  const item = firstItem(document, loop, sample);
  return names.flatMap((name) =>
    knownPaths(name, null, name === "index" ? 0 : item).map((known) =>
      named("item", known, { detail: `${known.type}, of ${node.name ?? node.id}` }),
    ),
  );
}

function inputs({ spec }: EditableDocument, sample: SampleRunValues | undefined): Completion[] {
  return knownPaths("input", spec.inputSchema ?? { type: "object" }, sample?.input).map((known) =>
    named("input", known),
  );
}

function variables({ config }: EditableDocument, sample: SampleRunValues | undefined): Completion[] {
  return Object.entries(config.variables).flatMap(([name, value]) =>
    knownPaths(pathTo("vars", name), null, sample?.vars?.[name] ?? value).map((known) => named("variable", known)),
  );
}

function steps(index: SpecIndex, indexed: IndexedNode, options: CompletionOptions): Completion[] {
  const inside = expressionSites(indexed).find(({ path }) => path === options.field)?.insideBody === true;
  return visibleSteps(index, indexed.node.id, inside).flatMap((step) => {
    const { id } = step.node;
    const title = step.node.name ?? step.definition?.title ?? id;
    const root = `step.${id}`;
    const paths = knownPaths(`${root}.output`, outputOf(step, options), options.sample?.steps[id]);
    return [
      ...paths.map((known) => named("step", known, { detail: `${title}, ${known.type}`, stepId: id })),
      named(
        "step",
        { path: `${root}.status`, type: "text", info: "completed, failed or skipped" },
        { detail: `${title}, text`, stepId: id },
      ),
      ...facts(step.definition?.connection !== undefined).map(([path, type, info]) =>
        named("step", { path: `${root}.${path}`, type, info }, { detail: `${title}, ${type}`, stepId: id }),
      ),
    ];
  });
}

/** What can be read of a step beside its output. */
function facts(calls: boolean): readonly (readonly [path: string, type: string, info: string])[] {
  const failed = [["error", "object", "code and message, when it failed"]] as const;
  if (!calls) return failed;
  return [
    ...failed,
    ["error.status", "number", "The status that the service refused with"],
    ["error.body", "any value", "What the service answered when it refused; long answers are cut"],
    ["response.status", "number", "The status of the service's answer"],
    ["response.headers", "object", "The headers of the service's answer, names in small letters"],
  ];
}

function outputOf({ node, definition }: IndexedNode, { outputSchema }: CompletionOptions): JsonObject | null {
  const own = definition?.outputSchema?.(configOf(node, definition));
  return own ?? outputSchema?.(node) ?? null;
}

/** What a loop would begin with, by the sample. */
function firstItem(
  document: EditableDocument,
  loop: IndexedNode,
  sample: SampleRunValues | undefined,
): Json | undefined {
  const items = loop.node["items"];
  if (Array.isArray(items)) return firstOf(items as Json);
  if (sample === undefined || typeof items !== "string") return undefined;
  const scope = sampleScope(sample, document.config.variables);
  const read = items.includes("${") ? renderTemplate(items, scope) : evaluateExpression(items, scope);
  return read.ok ? firstOf(read.value) : undefined;
}

function firstOf(value: Json): Json | undefined {
  return Array.isArray(value) ? value[0] : undefined;
}

function named(
  kind: Completion["kind"],
  { path, type, info, sample }: KnownPath,
  more: { detail?: string; stepId?: string } = {},
): Completion {
  return {
    label: path,
    insert: path,
    kind,
    detail: type,
    ...(info === undefined ? {} : { info }),
    ...(sample === undefined ? {} : { sample }),
    ...more,
  };
}

const context: readonly Completion[] = contextPaths.map((known) => named("context", known));

const functions: readonly Completion[] = [...expressionFunctions, ...languageFunctions].map(
  ({ name, signature, description, example, result }: ExpressionFunction) => ({
    label: name,
    insert: `${name}(`,
    kind: "function",
    detail: signature,
    info: `${description} For example \`${example}\` gives ${result}.`,
  }),
);
