import type { Json, JsonObject } from "@/core/json";
import { isJsonObject, sameJson } from "@/core/json-guard";
import { optionsOf, typeOfField, type DesignField, type DesignOption, type FieldCondition } from "./design-field";

/** What a schema says of a question that depends on another. */
export interface ReadCondition {
  when: FieldCondition;
  required: boolean;
}

/**
 * "Only when `when.key` is `when.value`", as a schema says it: the question is required then, if it is at all, and may not be
 * answered else.
 */
export function conditionSchema({ key, required, when }: DesignField): JsonObject {
  const { key: other = "", value = null } = when ?? {};
  return {
    if: { properties: { [other]: { const: value } }, required: [other] },
    ...(required ? { then: { required: [key] } } : {}),
    else: { properties: { [key]: false } },
  };
}

/** The conditions of a schema by the question that they are about; null: it says things that the designer cannot show. */
export function conditionsOf(schema: JsonObject | null): Map<string, ReadCondition> | null {
  const { allOf = [] } = schema ?? {};
  if (!Array.isArray(allOf)) return null;
  const found = new Map<string, ReadCondition>();
  for (const part of allOf) {
    const read = isJsonObject(part) ? conditionIn(part) : null;
    if (read === null || found.has(read[0])) return null;
    found.set(...read);
  }
  return found;
}

/** What another question can be asked of, and with which answers; null: it cannot be a condition. */
export function answersOf(field: DesignField): DesignOption[] | null {
  const type = typeOfField(field);
  if (type === "choice") return optionsOf(field);
  if (type === "consent") return [{ value: true, label: "Ticked" }];
  if (type !== "yes_no") return null;
  return [
    { value: true, label: "Yes" },
    { value: false, label: "No" },
  ];
}

/** The questions after one of them was renamed: those that depend on it still do. */
export function followingName(fields: readonly DesignField[], from: string, to: string): DesignField[] {
  return fields.map((field) => (field.when?.key === from ? { ...field, when: { ...field.when, key: to } } : field));
}

/** Only what `conditionSchema` writes, to the letter: everything else would be lost when it is written again. */
function conditionIn(part: JsonObject): [key: string, ReadCondition] | null {
  const other = soleEntry(asProperties(part["if"]));
  const denied = soleEntry(asProperties(part["else"]));
  if (other === null || denied === null || !isJsonObject(other[1]) || other[1]["const"] === undefined) return null;
  const when = { key: other[0], value: other[1]["const"] };
  const [key] = denied;
  const required = part["then"] !== undefined;
  return sameJson(part, conditionSchema({ key, schema: {}, required, when })) ? [key, { when, required }] : null;
}

function asProperties(part: Json | undefined): JsonObject | null {
  return isJsonObject(part) && isJsonObject(part["properties"]) ? part["properties"] : null;
}

function soleEntry(properties: JsonObject | null): [string, Json] | null {
  const entries = Object.entries(properties ?? {});
  return entries.length === 1 ? (entries[0] ?? null) : null;
}
