import { asObject, type Json, type JsonObject } from "@/core/json";
import { unknownFields } from "@/core/plain-problem";
import { localTarget } from "@/core/schema/local-refs";
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
    ...strangePhones(schema, values),
    ...validateAgainstSchema(schema, values),
  ];
  // The first says best what to do.
  const told = new Set<string>();
  return problems.filter(({ path }) => !told.has(path) && told.add(path));
}

/** The fields of a value that its schema does not name, at any depth, where it does not allow more in words. */
export function unaskedFields(schema: JsonObject, values: JsonObject): SchemaIssue[] {
  // Where it names nothing, it takes anything.
  return spread(schema, [schema]).some(({ properties }) => properties !== undefined)
    ? unasked(schema, [schema], values, "")
    : [];
}

function unasked(root: JsonObject, schemas: readonly JsonObject[], values: JsonObject, path: string): SchemaIssue[] {
  const parts = spread(root, schemas);
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
  const items = spread(root, schemas).flatMap(({ items: each, prefixItems }) => [each, prefixItems].flat());
  const described = items.filter(isJsonObject);
  return value.flatMap((item, at) => unaskedWithin(root, described, item, `${path}[${String(at)}]`));
}

/** Every schema that may have a say about the same value. */
function spread(root: JsonObject, schemas: readonly JsonObject[]): JsonObject[] {
  const all = new Set(schemas);
  // Grows while it is walked.
  for (const part of all) {
    const target = typeof part.$ref === "string" ? localTarget(root, part.$ref) : undefined;
    const listed = [part.allOf, part.anyOf, part.oneOf, part.then, part.else, target].flat();
    for (const next of [...listed, ...Object.values(asObject(part.dependentSchemas))])
      if (isJsonObject(next)) all.add(next);
  }
  return [...all];
}

/** Numbers are dialled by people: digits with the marks that they are written with. */
const phoneForm = /^\+?[\d ()-]+$/;
const phoneWords = "This must be a phone number: digits, spaces and + ( ) - only, such as +43 1 234 5678.";

export function isPhone({ format, "x-kind": kind }: JsonObject): boolean {
  return kind === "phone" || format === "phone" || format === "tel";
}

function strangePhones(root: JsonObject, values: JsonObject): SchemaIssue[] {
  return phonesWithin(root, [root], values, "");
}

function phonesWithin(root: JsonObject, schemas: readonly JsonObject[], value: Json, path: string): SchemaIssue[] {
  const parts = spread(root, schemas);
  if (typeof value === "string") {
    const isWrong = value !== "" && parts.some(isPhone) && !(phoneForm.test(value) && /\d.*\d.*\d/.test(value));
    return isWrong ? [{ path, message: phoneWords }] : [];
  }
  if (Array.isArray(value)) {
    const items = parts.flatMap(({ items: each, prefixItems }) => [each, prefixItems].flat()).filter(isJsonObject);
    return items.length === 0
      ? []
      : value.flatMap((item, at) => phonesWithin(root, items, item, `${path}[${String(at)}]`));
  }
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([name, member]): SchemaIssue[] => {
    const inner = parts.map(({ properties }) => ownField(asObject(properties), name)).filter(isJsonObject);
    return inner.length === 0 ? [] : phonesWithin(root, inner, member, path === "" ? name : `${path}.${name}`);
  });
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
