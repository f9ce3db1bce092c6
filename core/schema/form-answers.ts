import { asObject, type Json, type JsonObject } from "@/core/json";
import { unknownFields } from "@/core/plain-problem";
import { kindProblems } from "@/core/schema/kind-problems";
import { partsOf } from "@/core/schema/parts-of";
import { attachmentProblems } from "@/core/schema/attachment-answers";
import type { SchemaIssue } from "@/core/schema/schema-patterns";
import { validateAgainstSchema } from "@/core/schema/validate-input";
import { isJsonObject, ownField } from "@/core/json-guard";

/**
 * What is wrong with the answers to a form. A form takes what it asks for and nothing else, unless its schema allows more in
 * words (`additionalProperties`, `patternProperties`); and a required text is missing when it is blank.
 */
export function answerProblems(schema: JsonObject, values: JsonObject): SchemaIssue[] {
  const problems = [
    ...unasked(schema, [schema], values, ""),
    ...blankTexts(schema, values),
    ...attachmentProblems(schema, values),
    ...kindProblems(schema, values),
    ...validateAgainstSchema(schema, values),
  ];
  // The first says best what to do.
  const told = new Set<string>();
  return problems.filter(({ path }) => !told.has(path) && told.add(path));
}

/** The fields of a value that its schema does not name, at any depth, where it does not allow more in words. */
export function unaskedFields(schema: JsonObject, values: JsonObject): SchemaIssue[] {
  // Where it names nothing, it takes anything.
  return partsOf(schema, [schema]).some(({ properties }) => properties !== undefined)
    ? unasked(schema, [schema], values, "")
    : [];
}

function unasked(root: JsonObject, schemas: readonly JsonObject[], values: JsonObject, path: string): SchemaIssue[] {
  const parts = partsOf(root, schemas);
  const takesMore = parts.some(
    ({ additionalProperties, patternProperties }) =>
      patternProperties !== undefined || additionalProperties === true || isJsonObject(additionalProperties),
  );
  // An object within whose fields nobody described is any object.
  if (takesMore || (path !== "" && !parts.some(({ properties }) => properties !== undefined))) return [];
  const known = [...new Set(parts.flatMap(({ properties }) => Object.keys(asObject(properties))))];
  return Object.entries(values).flatMap(([name, value]): SchemaIssue[] => {
    const here = path === "" ? name : `${path}.${name}`;
    if (!known.includes(name)) return [{ path: here, message: unknownFields([name], known) }];
    const inner = parts.map(({ properties }) => ownField(asObject(properties), name)).filter(isJsonObject);
    return unaskedWithin(root, inner, value, here);
  });
}

function unaskedWithin(root: JsonObject, schemas: readonly JsonObject[], value: Json, path: string): SchemaIssue[] {
  if (isJsonObject(value)) return unasked(root, schemas, value, path);
  if (!Array.isArray(value)) return [];
  const items = partsOf(root, schemas).flatMap(({ items: each, prefixItems }) => [each, prefixItems].flat());
  const described = items.filter(isJsonObject);
  return value.flatMap((item, at) => unaskedWithin(root, described, item, `${path}[${String(at)}]`));
}

function blankTexts(schema: JsonObject, values: JsonObject): SchemaIssue[] {
  const required = Array.isArray(schema.required) ? schema.required : [];
  return required.flatMap((name): SchemaIssue[] => {
    if (typeof name !== "string") return [];
    const value = ownField(values, name);
    const property = ownField(asObject(schema.properties), name);
    const isChosen = isJsonObject(property) && (property.enum !== undefined || property.const !== undefined);
    return typeof value === "string" && value.trim() === "" && !isChosen
      ? [{ path: name, message: `${name} is required. Add it.` }]
      : [];
  });
}
