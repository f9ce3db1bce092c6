import type { z } from "zod";
import { plainProblem } from "@/core/plain-problem";
import type { FoundAction } from "@/core/connector-definition";
import { isCommonField } from "@/core/workflow/node-fields";
import type { IndexedNode } from "@/core/workflow/spec-index";
import { isJsonObject } from "@/core/json-guard";
import { suggestion } from "@/core/nearest";
import { called, eachNode, errorAt, warningAt } from "./rule";
import type { Rule } from "./rule";

/** `unknown_action`, and `invalid_config` for input that the action does not take. */
export const unknownAction: Rule = eachNode((indexed, { connectors }) => {
  const action = indexed.config === undefined ? undefined : indexed.definition?.action?.(indexed.config);
  if (action === undefined) return [];
  const found = connectors.find(action.id);
  if (found === null) {
    return [
      errorAt(
        indexed,
        "unknown_action",
        fieldHolding(indexed, action.id),
        `There is no action "${action.id}".${suggestion(action.id, connectors.actionIds)} Choose one of the connectors' actions.`,
      ),
    ];
  }
  return inputProblems(found, action.input).map(({ path, message }) =>
    errorAt(indexed, "invalid_config", path, message),
  );
});

/** `unknown_connection`: what the step calls through is registered. */
export const unknownConnection: Rule = eachNode((indexed, { connections, connectors }) => {
  const { definition, config } = indexed;
  if (config === undefined || definition?.connection === undefined) return [];
  const named = definition.connection(config);
  const action = definition.action?.(config);
  const connector = action === undefined ? undefined : connectors.find(action.id)?.connector;
  if (named === null && connector !== undefined && connector.defaultConnection === null) {
    return [
      errorAt(
        indexed,
        "unknown_connection",
        "connection",
        `${called(indexed)} must say which connection it uses. Choose one.`,
      ),
    ];
  }
  const slug = named ?? connector?.defaultConnection ?? null;
  if (slug === null || connections === null || slug.includes("${") || connections.includes(slug)) return [];
  const field = fieldHolding(indexed, named ?? action?.id);
  return [
    errorAt(
      indexed,
      "unknown_connection",
      field,
      `There is no connection "${slug}".${suggestion(slug, connections)} Register it under Connections, or choose another.`,
    ),
  ];
});

/** `unsafe_repeat`: an action that must not happen twice is retried blindly. */
export const unsafeRepeat: Rule = eachNode((indexed, { connectors }) => {
  const action = indexed.config === undefined ? undefined : indexed.definition?.action?.(indexed.config);
  if (action === undefined || indexed.node.repeatable !== undefined || indexed.node.retry?.maxAttempts === 1) return [];
  if (connectors.find(action.id)?.action.repeatable !== "unsafe") return [];
  return [
    warningAt(
      indexed,
      "unsafe_repeat",
      "repeatable",
      `${called(indexed)} runs ${action.id} again when no answer comes, and it may have acted already. Set repeatable to "unsafe" so that a person is asked first.`,
    ),
  ];
});

/** The field of a node that says this. */
function fieldHolding({ node }: IndexedNode, value: unknown): string {
  return Object.entries(node).find(([key, held]) => !isCommonField(key) && held === value)?.[0] ?? "";
}

/** Static parts of an action's input against its schema; what a template fills in is only known in a run. */
function inputProblems({ id, action }: FoundAction, input: unknown): { path: string; message: string }[] {
  if (!isJsonObject(input)) return [];
  // An unrefined Zod object knows its fields; another schema is left to the run.
  const shape = (action.input as { shape?: Record<string, z.ZodType> }).shape;
  if (shape === undefined) return [];
  const known = Object.keys(shape);
  const unknown = Object.keys(input)
    .filter((key) => !Object.hasOwn(shape, key))
    .map((key) => ({
      path: `input.${key}`,
      message: `${id} has no input "${key}".${suggestion(key, known)} It takes ${known.join(", ")}.`,
    }));
  const wrong = Object.entries(shape).flatMap(([key, schema]) => {
    const value = Object.hasOwn(input, key) ? input[key] : undefined;
    if (value !== undefined && holdsTemplate(value)) return [];
    const problem = schema.safeParse(value, { error: plainProblem }).error?.issues[0];
    if (problem === undefined) return [];
    return [
      {
        path: `input.${key}`,
        message:
          value === undefined
            ? `${id} needs the input "${key}".`
            : `The input "${key}" of ${id} is not right. ${problem.message}`,
      },
    ];
  });
  return [...unknown, ...wrong];
}

function holdsTemplate(value: unknown): boolean {
  if (typeof value === "string") return value.includes("${");
  return typeof value === "object" && value !== null && Object.values(value).some(holdsTemplate);
}
