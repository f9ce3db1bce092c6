import type { SpecNode } from "@/core/workflow/document";
import { configShape, ownFields, parseNodeConfig } from "@/core/workflow/node-fields";
import { nodeHandles } from "@/core/workflow/spec-index";
import type { AnyStepDefinition, Handle, StepDefinitions } from "@/core/workflow/step-definition";

/** Every way out of a step, `error` included, also while its settings are not complete yet. */
export function handlesOf(node: SpecNode, definitions: StepDefinitions): Handle[] {
  const known = knownHandles.get(node);
  if (known?.definitions === definitions) return known.handles;
  const definition = Object.hasOwn(definitions, node.type) ? definitions[node.type] : undefined;
  const handles = definition === undefined ? [] : nodeHandles(definition, configOf(node, definition));
  knownHandles.set(node, { definitions, handles });
  return handles;
}

/** Steps are never changed in place, so each is asked once. */
const knownHandles = new WeakMap<SpecNode, { definitions: StepDefinitions; handles: Handle[] }>();

/** What a step says, with the defaults of what it does not say right. For looking into steps that are not complete yet. */
export function configOf(node: SpecNode, definition: AnyStepDefinition): unknown {
  const parsed = parseNodeConfig(node, definition);
  return parsed.ok ? parsed.config : usableConfig(node, definition);
}

/** Whether a type repeats steps of its own. */
export function isContainerType(type: string, definitions: StepDefinitions): boolean {
  return Object.hasOwn(definitions, type) && definitions[type]?.body !== undefined;
}

/** The fields that are right, and the defaults of those that are not. Ways out hang on few fields, so this is enough. */
function usableConfig(node: SpecNode, definition: AnyStepDefinition): Record<string, unknown> {
  const given = ownFields(node);
  return Object.fromEntries(
    Object.entries(configShape(definition)).flatMap(([key, schema]) => {
      const read = schema.safeParse(Object.hasOwn(given, key) ? given[key] : undefined);
      const value = read.success ? read : schema.safeParse(undefined);
      return value.success && value.data !== undefined ? [[key, value.data]] : [];
    }),
  );
}
