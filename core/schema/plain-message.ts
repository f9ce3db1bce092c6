import type { OutputUnit } from "@cfworker/json-schema";

/** The validator's finding as a sentence for the person who filled in the value. */
export function plainMessage(unit: OutputUnit, schema: unknown): string {
  const limit = at(schema, unit.keywordLocation);
  return sentences[unit.keyword]?.(limit, unit) ?? `This does not fit what its schema says under "${unit.keyword}".`;
}

const sentences: Partial<Record<string, (limit: unknown, unit: OutputUnit) => string>> = {
  required: (_limit, unit) => `${/"(.+)"/.exec(unit.error)?.[1] ?? "A field"} is required. Add it.`,
  type: (limit) => `This must be ${typeWords(limit)}.`,
  enum: (limit) => `This must be one of: ${list(limit)}.`,
  const: (limit) => `This must be ${written(limit)}.`,
  format: (limit) => `This must be ${formatWords[String(limit)] ?? `in the format ${String(limit)}`}.`,
  pattern: (limit) => `This does not have the expected form (${String(limit)}).`,
  minLength: (limit) =>
    limit === 1 ? "This must not be empty." : `This must have at least ${counted(limit, "character")}.`,
  maxLength: (limit) => `This must have at most ${counted(limit, "character")}.`,
  minimum: (limit) => `This must be ${String(limit)} or more.`,
  maximum: (limit) => `This must be ${String(limit)} or less.`,
  exclusiveMinimum: (limit) => `This must be more than ${String(limit)}.`,
  exclusiveMaximum: (limit) => `This must be less than ${String(limit)}.`,
  multipleOf: (limit) => `This must be a multiple of ${String(limit)}.`,
  minItems: (limit) => `The list must have at least ${counted(limit, "item")}.`,
  maxItems: (limit) => `The list must have at most ${counted(limit, "item")}.`,
  uniqueItems: () => "The list must not contain the same item twice.",
  minProperties: (limit) => `The object must have at least ${counted(limit, "field")}.`,
  maxProperties: (limit) => `The object must have at most ${counted(limit, "field")}.`,
  anyOf: () => "This does not fit any of the allowed forms.",
  oneOf: () => "This must fit exactly one of the allowed forms.",
  not: () => "This has a form that is not allowed.",
  contains: () => "The list lacks an item that is required.",
  minContains: (limit) => `The list must have at least ${counted(limit, "item")} of the form that is required.`,
  maxContains: (limit) => `The list must have at most ${counted(limit, "item")} of the form that is limited.`,
  propertyNames: () => "A field name has a form that is not allowed.",
  dependentRequired: requiredBeside,
  dependencies: requiredBeside,
  false: () => "This field is not expected. Remove it.",
};

/** `b is required when a is given.`, or what a schema says that counts only beside a field. */
function requiredBeside(_limit: unknown, { error }: OutputUnit): string {
  const [, given = "", missing] =
    /^Instance has "(.+)" but does not (?:have "(.+)"|match dependant schema)\.$/.exec(error) ?? [];
  return missing === undefined
    ? `This does not fit what is required when ${given} is given.`
    : `${missing} is required when ${given} is given. Add it.`;
}

function counted(limit: unknown, noun: string): string {
  return `${String(limit)} ${noun}${limit === 1 ? "" : "s"}`;
}

/** A copy, because what a schema lists says nothing of itself inside the validator (`counted-schema.ts`). */
function written(value: unknown): string {
  if (Array.isArray(value)) return JSON.stringify([...(value as unknown[])]);
  return JSON.stringify(typeof value === "object" && value !== null ? { ...value } : value);
}

const typeNames: Partial<Record<string, string>> = {
  string: "text",
  number: "a number",
  integer: "a whole number",
  boolean: "true or false",
  object: "an object",
  array: "a list",
  null: "empty (null)",
};

function typeWords(type: unknown): string {
  const types = Array.isArray(type) ? type : [type];
  return types.map((name) => typeNames[String(name)] ?? String(name)).join(" or ");
}

const formatWords: Partial<Record<string, string>> = {
  email: "an e-mail address such as name@example.com",
  date: "a date such as 2026-11-20",
  time: "a time such as 09:30:00Z",
  "date-time": "a date and time such as 2026-11-20T09:30:00Z",
  duration: "a duration such as PT5M",
  uri: "a web address such as https://example.com",
  "uri-reference": "a web address or a path",
  uuid: "a UUID",
  hostname: "a host name such as example.com",
  ipv4: "an IPv4 address",
  ipv6: "an IPv6 address",
  regex: "a regular expression",
};

function list(values: unknown): string {
  return Array.isArray(values)
    ? values
        .slice(0, 20)
        .map((value) => (typeof value === "string" ? value : JSON.stringify(value)))
        .join(", ")
    : "the listed values";
}

/** The keyword's own value, found by following its location through the schema and its `$ref`s. */
function at(schema: unknown, location: string): unknown {
  let current: unknown = schema;
  for (const part of location.replace(/^#\/?/, "").split("/").filter(Boolean)) {
    if (part === "$ref") {
      current = follow(schema, current);
      continue;
    }
    const key = part.replaceAll("~1", "/").replaceAll("~0", "~");
    if (typeof current !== "object" || current === null || !Object.hasOwn(current, key)) return undefined;
    current = Reflect.get(current, key);
  }
  return current;
}

function follow(schema: unknown, holder: unknown): unknown {
  const target: unknown = typeof holder === "object" && holder !== null ? Reflect.get(holder, "$ref") : null;
  return typeof target === "string" && target.startsWith("#/") ? at(schema, target) : undefined;
}
