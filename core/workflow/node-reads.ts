import { memberPaths } from "@/core/expression/member-paths";
import { contextNames } from "@/core/expression/scope";
import { parseTemplate } from "@/core/expression/template-syntax";
import type { AnyStepDefinition } from "./step-definition";

/** All that the expressions of a step read by name, e.g. `[["input", "amount"], ["step", "kyc", "output"]]`. */
export function readsOfConfig(definition: AnyStepDefinition, config: unknown): string[][] {
  return definition
    .expressionSites(config)
    .flatMap(({ kind, value }) => (kind === "expression" ? memberPaths(value) : templateReads(value)));
}

/** What the templates in a value read. */
export function templateReads(value: unknown): string[][] {
  if (typeof value === "string") {
    const template = parseTemplate(value);
    if (!template.ok) return [];
    return template.parts.flatMap((part) => (part.kind === "expression" ? memberPaths(part.source) : []));
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(templateReads);
}

const contexts: ReadonlySet<string> = new Set(contextNames);

/** Whether a root stands for a field of the input, or a variable, that is read without saying so: `amount` for `input.amount`. */
export function isBareName(root: string): boolean {
  return !contexts.has(root);
}
