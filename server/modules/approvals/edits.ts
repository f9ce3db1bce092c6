import type { ErrorDetail } from "@/core/errors";
import { asObject, type Json, type JsonObject } from "@/core/json";
import { ownField, sameJson } from "@/core/json-guard";
import { workApart } from "@/server/apart/work-apart";

/**
 * Edits made while approving, as top-level fields to lay over the run's input. `{"input.amount": 3}` and `{"amount": 3}` mean
 * the same; a path into an object keeps what is beside it.
 */
export async function inputEdits(
  organizationId: string,
  edits: JsonObject,
  input: JsonObject,
  schema: JsonObject | null,
): Promise<{ patch: JsonObject; problems: ErrorDetail[] }> {
  let edited = input;
  const names = new Set<string>();
  for (const [path, value] of Object.entries(edits)) {
    const parts = path.replace(/^input\./, "").split(".");
    names.add(parts[0] ?? path);
    edited = withValue(edited, parts, value);
  }
  if (names.size === 0) return { patch: {}, problems: [] };
  const problems = schema === null ? [] : await workApart(organizationId, "misfits", { schema, input: edited });
  return {
    patch: Object.fromEntries([...names].map((name) => [name, edited[name] ?? null])),
    problems: problems.map(({ path, message }) => ({
      code: "invalid_input",
      severity: "error",
      path: path === "" ? "edits" : `edits.input${path.startsWith("[") ? "" : "."}${path}`,
      message,
    })),
  };
}

/** What the edits change, each with what was there. */
export function changesOf(edits: JsonObject, input: JsonObject): { path: string; was: Json; now: Json }[] {
  return Object.entries(edits).flatMap(([path, now]) => {
    const parts = path.replace(/^input\./, "").split(".");
    const was = valueAt(input, parts);
    return sameJson(was, now) ? [] : [{ path: `input.${parts.join(".")}`, was, now }];
  });
}

/** Null where there is nothing. */
export function valueAt(input: JsonObject, parts: readonly string[]): Json {
  let at: Json | undefined = input;
  for (const part of parts) at = ownField(asObject(at ?? null), part);
  return at ?? null;
}

/** A run's input with what people have corrected since. */
export function currentInput(run: { input: Json; inputEdits: Json }): JsonObject {
  return { ...asObject(run.input), ...asObject(run.inputEdits) };
}

function withValue(object: JsonObject, [head = "", ...rest]: readonly string[], value: Json): JsonObject {
  return { ...object, [head]: rest.length === 0 ? value : withValue(asObject(object[head]), rest, value) };
}
