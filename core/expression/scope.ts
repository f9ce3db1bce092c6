import type { Json, JsonObject } from "@/core/json";
import { isJsonObject } from "@/core/json-guard";
import { safeData, unsafeKeys } from "@/core/expression/safe-data";

/** What the bare names of an expression mean. */
export interface ExpressionScope {
  /** Without a prototype: a name that is not an own property does not exist. */
  values: Record<string, unknown>;
}

export interface ScopeParts {
  /** What started the run, as it arrived. */
  trigger: Json;
  /** The same with the approvers' edits. */
  input: JsonObject;
  vars: JsonObject;
  run: JsonObject;
  contact: Json;
  conversation: Json;
  /** Node id → `{status, output, error, response}`. */
  step: JsonObject;
  /** The loop's `itemName` and `index`, innermost wins. */
  iteration?: JsonObject;
  /** ms since epoch; `env.now`. */
  now: number;
  /** Names of one use, e.g. `output` in a node's `result` line. They win over everything else. */
  extra?: JsonObject;
}

/** The names that are always there, in the order the builder completes them. */
export const contextNames = ["trigger", "input", "step", "vars", "run", "contact", "conversation", "env"] as const;

/** Later assignments win: `input`, then `vars` (what is configured beats what a caller sends), the context names, the iteration, the extras. Nothing is copied deeply. */
export function buildScope(parts: ScopeParts): ExpressionScope {
  const values = emptyRecord();
  const input = safeData(parts.input);
  const vars = safeData(parts.vars);
  assign(values, input);
  assign(values, vars);
  values.trigger = safeData(parts.trigger);
  values.input = input;
  values.step = safeSteps(parts.step);
  values.vars = vars;
  values.run = safeData(parts.run);
  values.contact = safeData(parts.contact);
  values.conversation = safeData(parts.conversation);
  values.env = { now: new Date(parts.now) };
  assignSafely(values, parts.iteration);
  assignSafely(values, parts.extra);
  return { values };
}

function assign(target: Record<string, unknown>, source: unknown): void {
  if (isJsonObject(source)) Object.assign(target, source);
}

function assignSafely(target: Record<string, unknown>, source: JsonObject | undefined): void {
  for (const [name, value] of Object.entries(source ?? {})) if (!unsafeKeys.has(name)) target[name] = safeData(value);
}

/** The outer object grows while a run goes on, so it is never remembered as a whole; the steps in it are. */
function safeSteps(step: JsonObject): Record<string, unknown> {
  const steps = emptyRecord();
  for (const [id, record] of Object.entries(step)) if (!unsafeKeys.has(id)) steps[id] = safeRecord(record);
  return steps;
}

function safeRecord(record: Json): unknown {
  if (!isJsonObject(record)) return safeData(record);
  const safe = Object.entries(record).map(([name, value]): [string, unknown] => [name, safeData(value)]);
  return safe.every(([name, value]) => value === record[name]) ? record : Object.fromEntries(safe);
}

function emptyRecord(): Record<string, unknown> {
  // `Object.create` is typed as any.
  return Object.create(null) as Record<string, unknown>;
}
