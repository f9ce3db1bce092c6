import { z } from "zod";
import type { ErrorDetail } from "@/core/errors";
import { unknownFields } from "@/core/plain-problem";

/** What the address carries behind the question mark; a parameter that is repeated gives a list. */
export type RawQuery = Readonly<Record<string, string | string[]>>;

const lists = z.registry<{ list: true }>();

/** A filter that takes several values: `status=failed,completed`, or the parameter repeated. */
export function listOf<T extends z.ZodType>(item: T) {
  const schema = z.preprocess(
    (given) => [given].flat().flatMap((text) => (typeof text === "string" ? text.split(",") : [text])),
    z.array(item).min(1).max(50),
  );
  lists.add(schema, { list: true });
  return schema;
}

/** For addresses whose callers add parameters of their own: webhooks, callbacks, health checks. */
export const anyQuery = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

/**
 * Parameters that a route does not know, which would otherwise widen what is asked for without a word, and those that are
 * repeated where one value is meant.
 */
export function parameterProblems(schema: z.ZodType | undefined, query: RawQuery): ErrorDetail[] {
  if (schema !== undefined && !(schema instanceof z.ZodObject)) return [];
  const shape: Readonly<Record<string, z.core.$ZodType>> = schema?.shape ?? {};
  const known = Object.keys(shape);
  return Object.entries(query).flatMap(([name, value]) => {
    if (!known.includes(name)) return [problem("unknown_parameter", name, unknownFields([name], known, "parameter"))];
    return Array.isArray(value) && !isList(shape[name])
      ? [problem("repeated_parameter", name, "It is given more than once. Give it once.")]
      : [];
  });
}

function isList(schema: z.core.$ZodType | undefined): boolean {
  if (schema instanceof z.ZodOptional) return isList(schema.def.innerType);
  return schema !== undefined && lists.has(schema);
}

function problem(code: string, name: string, message: string): ErrorDetail {
  return { code, severity: "error", path: `query.${name}`, message };
}
