import { isBareName, readsOfConfig } from "@/core/workflow/node-reads";
import type { AnyStepDefinition, StepDefinitions } from "@/core/workflow/step-definition";
import { descendants } from "./descendants";
import type { Plan } from "./plan";

/** What expressions call the values that a run was started with. */
const inputRoots: ReadonlySet<string> = new Set(["input", "trigger"]);
/** What people are shown besides these and that stays as it is while nobody changes it; clocks and conversations go on. */
const shownRoots: ReadonlySet<string> = new Set([...inputRoots, "step", "contact"]);

/**
 * Expressions for everything that a decision about `nodeId` must hold to: what its own templates show, and every input that the
 * steps behind it read, directly or through the output of a step beside them. Each once, e.g. `["input.amount", "step.kyc.output.score"]`.
 */
export function decisiveReads(plan: Plan, nodeId: string, definitions: StepDefinitions): readonly string[] {
  const found = new Map<string, readonly string[]>();
  const keep = (path: readonly string[]): void => {
    found.set(expressionOf(path), path);
  };
  for (const path of namedReadsOf(plan, nodeId, definitions)) if (shownRoots.has(path[0] ?? "")) keep(path);
  const open = [...descendants(plan, nodeId)];
  const seen = new Set(open);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const path of namedReadsOf(plan, id, definitions)) {
      const [root = "", step] = path;
      if (inputRoots.has(root)) keep(path);
      if (root !== "step") continue;
      // A step that is named only in the run may be any.
      for (const read of step === undefined ? plan.nodes.keys() : [step]) {
        if (read === nodeId || seen.has(read) || !plan.nodes.has(read)) continue;
        seen.add(read);
        open.push(read);
      }
    }
  }
  return withoutParts(found);
}

/**
 * The fields of the input that a step depends on, directly or through the outputs of other steps; null where it may be any of them.
 * `withBody`: what the steps inside of it read counts as well. Without, what a loop goes through and how often.
 */
export function inputFieldsOf(
  plan: Plan,
  nodeId: string,
  definitions: StepDefinitions,
  { withBody = false } = {},
): ReadonlySet<string> | null {
  const fields = new Set<string>();
  const seen = new Set<string>();
  const open: string[] = [];
  const add = (id: string): void => {
    if (id === "" || seen.has(id) || !plan.nodes.has(id)) return;
    seen.add(id);
    open.push(id);
  };
  // What a loop gives is what the steps inside of it gave.
  const addWhole = (id: string): void => {
    const inner = [id];
    // A list that grows while it is walked; bodies hold no body twice.
    for (const each of inner) {
      add(each);
      inner.push(...(plan.scopes.get(each)?.nodeIds ?? []));
    }
  };
  if (withBody) addWhole(nodeId);
  else add(nodeId);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    // Inside a loop an item is named as its author likes: what the loop goes through decides there as well.
    add(plan.nodes.get(id)?.scopeId ?? "");
    for (const [root = "", next, part, field] of namedReadsOf(plan, id, definitions)) {
      if (root !== "step" && !inputRoots.has(root)) continue;
      if (next === undefined) return null;
      if (root !== "step") fields.add(next);
      else if (definitionOf(plan, next, definitions)?.entry !== true) addWhole(next);
      // What the start gives is the input itself.
      else if (part !== "status" && field === undefined) return null;
      else if (part !== "status" && field !== undefined) fields.add(field);
    }
  }
  return fields;
}

/** What a step that is answered or called beside an approval gave, as the steps behind the approval read it. */
export interface BesideRead {
  path: string;
  /** Says whether the step was done. */
  status: string;
}

/**
 * What the steps behind `nodeId` read, directly or through steps that only compute, of people's answers and calls in branches beside
 * it: somebody may have those done again without the approval being asked again.
 */
export function besideReads(plan: Plan, nodeId: string, definitions: StepDefinitions): readonly BesideRead[] {
  const behind = descendants(plan, nodeId);
  const found = new Map<string, readonly string[]>();
  const open = [...behind];
  const seen = new Set(open);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const [root, named, ...rest] of readsOf(plan, id, definitions)) {
      if (root !== "step") continue;
      for (const read of named === undefined ? plan.nodes.keys() : [named]) {
        const kind = plan.nodes.get(read)?.kind;
        if (kind === undefined || read === nodeId || behind.has(read)) continue;
        if (kind === "pure" && !seen.has(read)) open.push(read);
        seen.add(read);
        // What comes before the approval cannot be done again without it.
        if (kind === "pure" || descendants(plan, read).has(nodeId)) continue;
        const path = ["step", read, ...rest];
        found.set(expressionOf(path), path);
      }
    }
  }
  return withoutParts(found).map((path) => ({
    path,
    status: expressionOf([...(found.get(path)?.slice(0, 2) ?? []), "status"]),
  }));
}

/** Whether what a step gave goes anywhere: a step reads it, or it is the result of the run, or of a round of a loop, itself. */
export function isActedOn(plan: Plan, nodeId: string, definitions: StepDefinitions): boolean {
  if ((plan.nodes.get(nodeId)?.resultRank ?? -1) >= 0) return true;
  return [...plan.nodes.keys()].some((id) =>
    readsOf(plan, id, definitions).some(([root, step]) => root === "step" && (step === undefined || step === nodeId)),
  );
}

/** Expressions for all that a step reads by name, wherever it comes from. */
export function pathsRead(plan: Plan, nodeId: string, definitions: StepDefinitions): readonly string[] {
  return [...new Set(readsOf(plan, nodeId, definitions).map(expressionOf))];
}

function readsOf(plan: Plan, nodeId: string, definitions: StepDefinitions): string[][] {
  const node = plan.nodes.get(nodeId);
  const definition = definitionOf(plan, nodeId, definitions);
  return !node || !definition || node.disabled ? [] : readsOfConfig(definition, node.config);
}

/** The same, with what is read by a bare name spelt out: `amount` is `input.amount` where no variable and no loop is called so. */
function namedReadsOf(plan: Plan, nodeId: string, definitions: StepDefinitions): string[][] {
  const paths = readsOf(plan, nodeId, definitions);
  const isInput = ([root = ""]: readonly string[]): boolean =>
    isBareName(root) && !Object.hasOwn(plan.config.variables, root);
  if (!paths.some(isInput)) return paths;
  const names = loopNames(plan, nodeId, definitions);
  return paths.map((path) => (isInput(path) && !names.has(path[0] ?? "") ? ["input", ...path] : path));
}

/** What the loops around a step call their items. A loop's own condition is asked from inside of it. */
function loopNames(plan: Plan, nodeId: string, definitions: StepDefinitions): ReadonlySet<string> {
  const names = new Set<string>();
  const isLoop = plan.scopes.has(nodeId);
  for (let id = isLoop ? nodeId : (plan.nodes.get(nodeId)?.scopeId ?? ""); id !== "";) {
    const node = plan.nodes.get(id);
    // The items of the loop itself are no names of its own list.
    const own = definitionOf(plan, id, definitions);
    if (id !== nodeId || own?.itemName?.(node?.config) === null)
      for (const name of ["item", "index", ...(own?.bodyNames?.(node?.config) ?? [])]) names.add(name);
    id = node?.scopeId ?? "";
  }
  return names;
}

function definitionOf(plan: Plan, nodeId: string, definitions: StepDefinitions): AnyStepDefinition | undefined {
  const type = plan.nodes.get(nodeId)?.type ?? "";
  return Object.hasOwn(definitions, type) ? definitions[type] : undefined;
}

/** Whoever holds to the whole holds to its parts. */
function withoutParts(found: ReadonlyMap<string, readonly string[]>): string[] {
  return [...found].flatMap(([expression, path]) => {
    const isPart = path.some((_, length) => length > 0 && found.has(expressionOf(path.slice(0, length))));
    return isPart ? [] : [expression];
  });
}

const reserved: ReadonlySet<string> = new Set(
  "true false null in as break const continue else for function if import let loop package namespace return var void while".split(
    " ",
  ),
);

function expressionOf([root = "", ...keys]: readonly string[]): string {
  return keys.reduce(
    (before, key) =>
      /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) && !reserved.has(key)
        ? `${before}.${key}`
        : `${before}[${JSON.stringify(key)}]`,
    root,
  );
}
