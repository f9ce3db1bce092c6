import { memberPaths } from "@/core/expression/member-paths";
import { parseTemplate } from "@/core/expression/template-syntax";
import type { ExpressionSite, StepDefinitions } from "@/core/workflow/step-definition";
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
  for (const path of readsOf(plan, nodeId, definitions)) if (shownRoots.has(path[0] ?? "")) keep(path);
  const open = [...descendants(plan, nodeId)];
  const seen = new Set(open);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const path of readsOf(plan, id, definitions)) {
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
 * The fields of the input that a step's own expressions depend on, directly or through the outputs of other steps; null where it may
 * be any of them.
 */
export function inputFieldsOf(plan: Plan, nodeId: string, definitions: StepDefinitions): ReadonlySet<string> | null {
  const fields = new Set<string>();
  const open = [nodeId];
  const seen = new Set(open);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    // Inside a loop an item is named as its author likes: what the loop goes through decides there as well.
    const around = plan.nodes.get(id)?.scopeId ?? "";
    if (around !== "" && !seen.has(around)) {
      seen.add(around);
      open.push(around);
    }
    for (const [root = "", next] of readsOf(plan, id, definitions)) {
      if (root !== "step" && !inputRoots.has(root)) continue;
      if (next === undefined) return null;
      if (root !== "step") fields.add(next);
      else if (!seen.has(next) && plan.nodes.has(next)) {
        seen.add(next);
        open.push(next);
      }
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
  const definition = node && Object.hasOwn(definitions, node.type) ? definitions[node.type] : undefined;
  if (!node || !definition || node.disabled) return [];
  return definition
    .expressionSites(node.config)
    .flatMap(({ kind, value }: ExpressionSite) => (kind === "expression" ? memberPaths(value) : templatePaths(value)));
}

function templatePaths(value: unknown): string[][] {
  if (typeof value === "string") {
    const template = parseTemplate(value);
    if (!template.ok) return [];
    return template.parts.flatMap((part) => (part.kind === "expression" ? memberPaths(part.source) : []));
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(templatePaths);
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
