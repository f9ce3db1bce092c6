import type { EditableValue } from "@/core/contracts/approval";
import type { JsonObject } from "@/core/json";
import { sameJson } from "@/core/json-guard";

/** A form of values that lie anywhere in an input: each has a place of its own, whatever its path is made of. */
export function formOf(editable: readonly EditableValue[]): { schema: JsonObject; values: JsonObject } {
  const named = editable.map((value, at) => [nameAt(at), value] as const);
  return {
    schema: {
      type: "object",
      properties: Object.fromEntries(named.map(([name, { schema, label }]) => [name, { ...schema, title: label }])),
      required: named.flatMap(([name, { value }]) => (value === null ? [] : [name])),
    },
    values: Object.fromEntries(named.flatMap(([name, { value }]) => (value === null ? [] : [[name, value] as const]))),
  };
}

/** What differs from what was asked about, by path. */
export function changedValues(editable: readonly EditableValue[], given: JsonObject): JsonObject {
  return Object.fromEntries(
    editable.flatMap(({ path, value }, at) => {
      const now = given[nameAt(at)] ?? null;
      return sameJson(now, value) ? [] : [[path, now] as const];
    }),
  );
}

function nameAt(at: number): string {
  return `value${String(at)}`;
}
