import { asObject, type Json, type JsonObject } from "@/core/json";
import { isJsonObject } from "@/core/json-guard";
import { localTarget } from "@/core/schema/local-refs";
import { orderedProperties } from "@/core/schema/property-order";
import { validateAgainstSchema } from "@/core/schema/validate-input";

const maxParts = 200;
const conditional = ["if", "allOf", "dependentRequired", "dependentSchemas", "$ref"] as const;

/** Whether what a form asks may depend on what was answered. */
export function hasConditions(schema: JsonObject): boolean {
  return conditional.some((keyword) => schema[keyword] !== undefined);
}

/** The schema of all questions that a form may ask, whatever is answered: as if no question depended on another. */
export function askableSchema(schema: JsonObject): JsonObject {
  return hasConditions(schema) ? collected(schema, () => "both") : schema;
}

/**
 * The schema of the questions that a form asks of somebody who answered this much: those under `then`, `else` and what counts beside a
 * field are there when their condition holds, and gone, also from `properties`, where it says `false`. Answers to questions that
 * are not asked count for no condition.
 */
export function askedSchema(schema: JsonObject, values: JsonObject): JsonObject {
  if (!hasConditions(schema)) return schema;
  let counted = values;
  for (let left = Object.keys(values).length; ; left -= 1) {
    const seen = counted;
    const asked = collected(schema, (condition) => (holds(schema, condition, seen) ? "then" : "else"), seen);
    const names = asObject(asked["properties"]);
    const kept = Object.fromEntries(Object.entries(seen).filter(([name]) => Object.hasOwn(names, name)));
    if (left <= 0 || Object.keys(kept).length === Object.keys(seen).length) return asked;
    counted = kept;
  }
}

/** The values without answers to questions that are not asked. What a form asks nowhere stays: it is refused in words. */
export function askedValues(schema: JsonObject, values: JsonObject): JsonObject {
  if (!hasConditions(schema)) return values;
  const asked = asObject(askedSchema(schema, values)["properties"]);
  const askable = asObject(askableSchema(schema)["properties"]);
  return Object.fromEntries(
    Object.entries(values).filter(([name]) => Object.hasOwn(asked, name) || !Object.hasOwn(askable, name)),
  );
}

/** `values`: absent where every question is collected. */
function collected(
  root: JsonObject,
  branch: (condition: Json) => "then" | "else" | "both",
  values?: JsonObject,
): JsonObject {
  const properties = new Map<string, JsonObject>();
  const required = new Set<string>();
  const forbidden = new Set<string>();
  const parts: JsonObject[] = [root];
  const add = (part: Json | undefined) => {
    if (isJsonObject(part) && parts.length < maxParts && !parts.includes(part)) parts.push(part);
  };
  // Grows while it is walked.
  for (const part of parts) {
    for (const [name, property] of orderedProperties(part)) {
      if (property === false) forbidden.add(name);
      else properties.set(name, { ...properties.get(name), ...asObject(property) });
    }
    for (const name of namesIn(part["required"])) required.add(name);
    if (typeof part["$ref"] === "string") add(localTarget(root, part["$ref"]));
    if (Array.isArray(part["allOf"])) part["allOf"].forEach(add);
    if (part["if"] !== undefined) {
      const way = branch(part["if"]);
      if (way !== "else") add(part["then"]);
      if (way !== "then") add(part["else"]);
    }
    for (const [name, names] of Object.entries(asObject(part["dependentRequired"])))
      if (values !== undefined && Object.hasOwn(values, name)) for (const each of namesIn(names)) required.add(each);
    for (const [name, schema] of Object.entries(asObject(part["dependentSchemas"])))
      if (values === undefined || Object.hasOwn(values, name)) add(schema);
  }
  // Whatever may be forbidden may also be asked.
  if (values !== undefined) for (const name of forbidden) properties.delete(name);
  const { if: _if, then: _then, else: _else, allOf: _all, dependentRequired: _needed, ...rest } = root;
  const { dependentSchemas: _beside, $ref: _ref, required: _required, ...plain } = rest;
  return {
    ...plain,
    properties: Object.fromEntries(properties),
    required: values === undefined ? namesIn(root["required"]) : [...required],
  };
}

/** Conditions may refer to what the whole schema defines. */
function holds(root: JsonObject, condition: Json, values: JsonObject): boolean {
  if (!isJsonObject(condition)) return condition !== false;
  const { $defs, definitions } = root;
  const defined = { ...(definitions === undefined ? {} : { definitions }), ...($defs === undefined ? {} : { $defs }) };
  return validateAgainstSchema({ ...defined, ...condition }, values).length === 0;
}

function namesIn(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}
