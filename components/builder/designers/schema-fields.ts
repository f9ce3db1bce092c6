import { reservedNames } from "@/core/admissible-json";
import { asObject, type JsonObject } from "@/core/json";
import { orderKeyword, orderedProperties } from "@/core/schema/property-order";
import { slugOf } from "@/core/slug-of";
import { conditionSchema, conditionsOf, type ReadCondition } from "./field-conditions";
import type { DesignField } from "./design-field";

/** The questions of an object schema, in its order, with what they depend on. */
export function fieldsOfSchema(schema: JsonObject | null): DesignField[] {
  const required = listOf(schema?.["required"]);
  const conditions = conditionsOf(schema) ?? new Map<string, ReadCondition>();
  return orderedProperties(schema ?? {}).map(([key, property]) => {
    const condition = conditions.get(key);
    return {
      key,
      schema: asObject(property),
      required: required.includes(key) || condition?.required === true,
      ...(condition === undefined ? {} : { when: condition.when }),
    };
  });
}

/** The schema with these questions. Everything else it says stays: nothing is lost that the designer does not show. */
export function schemaWithFields(schema: JsonObject | null, fields: readonly DesignField[]): JsonObject {
  const before = listOf(schema?.["required"]);
  const keys = new Set(fields.map(({ key }) => key));
  // A question whose other one is gone is asked always.
  const isConditional = ({ when }: DesignField) => when !== undefined && keys.has(when.key);
  const wanted = new Set(fields.filter((field) => field.required && !isConditional(field)).map(({ key }) => key));
  const required = [...before.filter((key) => wanted.has(key)), ...[...wanted].filter((key) => !before.includes(key))];
  const { required: _required, properties: _properties, type: _type, [orderKeyword]: _order, ...others } = schema ?? {};
  const { allOf: _conditions, ...rest } = others;
  const properties = Object.fromEntries(fields.map((field) => [field.key, field.schema]));
  const allOf = fields.filter(isConditional).map(conditionSchema);
  // The place of each keyword stays as it was written.
  const order = [...new Set([...Object.keys(schema ?? {}), "type", "required", "properties", orderKeyword, "allOf"])];
  const all: JsonObject = {
    ...rest,
    type: schema?.["type"] ?? "object",
    properties,
    ...(required.length > 0 || schema?.["required"] !== undefined ? { required } : {}),
    // The database keeps the keys of an object in an order of its own.
    ...(fields.length > 1 ? { [orderKeyword]: fields.map(({ key }) => key) } : {}),
    ...(allOf.length > 0 ? { allOf } : {}),
  };
  return Object.fromEntries(
    order.flatMap((key): [string, JsonObject[string]][] => {
      const value = all[key];
      return value === undefined ? [] : [[key, value]];
    }),
  );
}

/** Whether the designer can show a schema: an object with its properties, around them no alternatives but conditions of its own. */
export function canDesign(schema: JsonObject | null): boolean {
  if (schema === null) return true;
  const alternatives = ["oneOf", "anyOf", "$ref"].some((key) => schema[key] !== undefined);
  return (
    !alternatives && conditionsOf(schema) !== null && (schema["type"] === undefined || schema["type"] === "object")
  );
}

/** "Full name" -> `full_name`, unique among the others. */
export function keyOf(label: string, taken: readonly string[]): string {
  const base = slugOf(label, "_", 46).replace(/^(?=\d)/, "q_") || "question";
  let key = base;
  for (let next = 2; taken.includes(key); next += 1) key = `${base}_${next}`;
  return key;
}

/** Why a text cannot be the name of a question's value. */
export function keyProblem(key: string, taken: readonly string[]): string | null {
  if (!/^[A-Za-z_]\w{0,63}$/.test(key)) return "Letters, digits and _ only, starting with a letter.";
  if (reservedNames.has(key)) return "This name cannot be used. Choose another one.";
  return taken.includes(key) ? `There is "${key}" already.` : null;
}

function listOf(value: JsonObject[string] | undefined): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}
