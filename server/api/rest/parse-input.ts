import type { z } from "zod";
import type { ErrorDetail } from "@/core/errors";
import { plainProblem } from "@/core/plain-problem";
import { spellPath } from "@/core/spell-path";
import { validationFailed } from "@/server/http/validation-failed";
import { parameterProblems } from "./query";
import type { HandlerInput, RawInput } from "./route";

interface Schemas<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  params?: P;
  query?: Q;
  body?: B;
}

/** Makes the function that runs a route's schemas over what arrived. Problems of all parts are reported together. */
export function parseInput<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  schemas: Schemas<P, Q, B>,
): (raw: RawInput) => HandlerInput<z.output<P>, z.output<Q>, z.output<B>> {
  return (raw) => {
    const details = parameterProblems(schemas.query, raw.query);
    const params = read(schemas.params, raw.params, "params", details);
    // The names were looked at; what the values are is another question, and the first answer is enough.
    const query = read(details.length > 0 ? undefined : schemas.query, raw.query, "query", details);
    const body = read(schemas.body, raw.body, "", details);
    if (details.length > 0) throw validationFailed(details);
    return {
      params,
      query,
      body,
      bytes: raw.bytes,
      warnings: raw.warnings,
      request: raw.request,
      requestId: raw.requestId,
      idempotencyKey: raw.idempotencyKey,
    };
  };
}

/** Zod's findings as details, with paths like `spec.nodes[3].expression`. */
export function issueDetails(issues: readonly z.core.$ZodIssue[], prefix = ""): ErrorDetail[] {
  return issues.map((issue) => {
    const isUnknown = issue.code === "unrecognized_keys";
    // One unknown name is a place of its own.
    const [name = "", ...more] = isUnknown ? issue.keys : [];
    return {
      code: isUnknown ? "unknown_field" : issue.code,
      severity: "error",
      path: spellPath(isUnknown && more.length === 0 ? [...issue.path, name] : issue.path, prefix),
      message: issue.message,
    };
  });
}

function read<S extends z.ZodType>(
  schema: S | undefined,
  value: unknown,
  prefix: string,
  details: ErrorDetail[],
): z.output<S> {
  // Without a schema the value is handed on as it is: plain texts, or no body.
  if (!schema) return value as z.output<S>;
  const parsed = schema.safeParse(value, { error: plainProblem });
  if (parsed.success) return parsed.data;
  // A parameter is one place, whichever of its values is wrong.
  const issues = parsed.error.issues.map((issue) =>
    prefix === "query" ? { ...issue, path: issue.path.slice(0, 1) } : issue,
  );
  details.push(...issueDetails(issues, prefix));
  // Never used: the caller throws when there are details.
  return undefined as z.output<S>;
}
