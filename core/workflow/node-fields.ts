import { z } from "zod";
import type { JsonObject } from "@/core/json";
import { plainProblem } from "@/core/plain-problem";
import type { SpecNode } from "./document";
import { decisive } from "./decisive";
import { milliseconds, timeRanges } from "./milliseconds";
import type { AnyStepDefinition } from "./step-definition";

const retryClass = z.enum(["5xx", "4xx", "timeout", "network", "429"]);

const delay = milliseconds(timeRanges.retryDelay);

export const backoffSchema = z.union([
  delay.describe("A fixed delay in ms"),
  z.literal("exponential"),
  z.object({
    type: z.enum(["fixed", "exponential"]),
    delayMs: delay.optional(),
    factor: z.number().min(1).max(100).optional(),
    maxDelayMs: delay.optional(),
    jitter: z.boolean().optional(),
  }),
]);

/** The fields that every step may have, beside those of its own type. */
export const commonFields = {
  id: z.string().min(1),
  type: z.string().min(1),
  name: z.string().optional(),
  note: z.string().optional(),
  result: z.string().optional().describe("Template for the line people read on the run card, e.g. ${output.display}"),
  retry: decisive(
    z.object({
      maxAttempts: z.int().min(1).max(100).optional(),
      backoff: backoffSchema.optional(),
      retryOn: z.array(retryClass).optional(),
    }),
  ).optional(),
  timeoutMs: milliseconds(timeRanges.step).optional().describe("Milliseconds, per attempt; at most 24 hours"),
  onError: z.enum(["fail", "continue"]).optional(),
  disabled: z.boolean().optional(),
  repeatable: decisive(z.enum(["safe", "unsafe"])).optional(),
  sensitive: z.array(z.string()).optional(),
  join: z.enum(["all", "any"]).optional(),
  ui: z.record(z.string(), z.json()).optional(),
};

export const commonNodeSchema = z.object(commonFields);

const commonKeys: ReadonlySet<string> = new Set([...Object.keys(commonFields), "x-source"]);

export function isCommonField(key: string): boolean {
  return commonKeys.has(key);
}

/** The fields of a node that belong to its type. */
export function ownFields(node: SpecNode): Record<string, unknown> {
  return Object.fromEntries(Object.entries(node).filter(([key]) => !commonKeys.has(key)));
}

/** The schemas of a type's own fields, by name. */
export function configShape(definition: AnyStepDefinition): Readonly<Record<string, z.ZodType>> {
  return definition.config instanceof z.ZodObject ? definition.config.shape : {};
}

/** All fields of a step of this type, the common ones included. */
export function nodeShape(definition: AnyStepDefinition): Readonly<Record<string, z.ZodType>> {
  const known = nodeShapes.get(definition) ?? { ...commonFields, ...configShape(definition) };
  nodeShapes.set(definition, known);
  return known;
}

const nodeShapes = new WeakMap<AnyStepDefinition, Readonly<Record<string, z.ZodType>>>();

/** The type's own fields with their defaults: what `PlanNode.config` holds. */
export function parseNodeConfig(
  node: SpecNode,
  definition: AnyStepDefinition,
): { ok: true; config: unknown } | { ok: false; error: z.ZodError } {
  const parsed = definition.config.safeParse(ownFields(node), { error: plainProblem });
  return parsed.success ? { ok: true, config: parsed.data } : { ok: false, error: parsed.error };
}

/** A field that is null where the type has no use for null, which then counts as not given. */
export function isIdleNull(schema: z.ZodType | undefined, value: JsonObject[string]): boolean {
  return (
    value === null && schema !== undefined && !schema.safeParse(null).success && schema.safeParse(undefined).success
  );
}
