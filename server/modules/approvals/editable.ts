import type { EditableValue } from "@/core/contracts/approval";
import { asObject, type Json, type JsonObject } from "@/core/json";
import { isJsonObject, ownField } from "@/core/json-guard";
import { valueAt } from "./edits";

/** What whoever decides may change of the run's input, with what each is now. What has no place in the input's schema cannot be drawn, and is left out. */
export function editableValues(
  paths: readonly string[],
  { schema, input, label }: { schema: JsonObject | null; input: JsonObject; label: (path: string) => string },
): EditableValue[] {
  return [...new Set(paths.map(inputParts))].flatMap((joined) => {
    const parts = joined.split(".");
    const asked = schemaAt(schema, parts);
    const path = `input.${joined}`;
    return asked === null ? [] : [{ path, label: label(path), schema: asked, value: valueAt(input, parts) }];
  });
}

/** `amount` and `input.amount` are one value. */
function inputParts(path: string): string {
  return path.replace(/^input\./, "");
}

function schemaAt(schema: JsonObject | null, parts: readonly string[]): JsonObject | null {
  let at: Json | undefined = schema;
  for (const part of parts) at = ownField(asObject(ownField(asObject(at ?? null), "properties") ?? null), part);
  return isJsonObject(at) ? at : null;
}
