import type { z } from "zod";
import { suggestion } from "./nearest";

/**
 * What is wrong with a value, as a sentence for the person who sent it: hand it to `safeParse(value, { error })`. What a schema
 * says itself wins. The subject is "It": the place is named beside it.
 */
export const plainProblem: z.core.$ZodErrorMap = (issue) => sentence(issue);

function sentence(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined
        ? "It is missing."
        : `It must be ${typeWords[issue.expected] ?? issue.expected}.`;
    case "invalid_value":
      return oneOf(issue.values, issue.input);
    case "too_small":
      return least(issue.origin, Number(issue.minimum), issue.inclusive !== false);
    case "too_big":
      return most(issue.origin, Number(issue.maximum), issue.inclusive !== false);
    case "invalid_format":
      return `It must be ${formatWords[issue.format] ?? `of the form ${issue.pattern ?? issue.format}`}.`;
    case "not_multiple_of":
      return `It must be a multiple of ${String(issue.divisor)}.`;
    case "unrecognized_keys":
      return unknownFields(issue.keys, fieldsOf(issue.inst));
    case "invalid_union":
      return unionProblem(issue);
    case "invalid_key":
      return "It has a name that is not allowed here.";
    case "invalid_element":
      return "One of its items is not right.";
    default:
      return "It is not right.";
  }
}

/** `There is no field "stauts" here. Did you mean "status"?` */
export function unknownFields(keys: readonly string[], known: readonly string[], noun = "field"): string {
  const [first = ""] = keys;
  const named = keys.map((key) => `"${key.slice(0, 100)}"`).join(", ");
  if (keys.length > 1) return `There are no ${noun}s ${named} here. Remove them.`;
  const hint = suggestion(first, known) || (known.length === 0 ? "" : ` It can be ${known.join(", ")}.`);
  return `There is no ${noun} ${named} here.${hint || ` Remove it.`}`;
}

function fieldsOf(schema: unknown): string[] {
  const shape: unknown = typeof schema === "object" && schema !== null ? Reflect.get(schema, "shape") : undefined;
  return typeof shape === "object" && shape !== null ? Object.keys(shape) : [];
}

function oneOf(values: readonly z.core.util.Primitive[], given: unknown): string {
  if (given === undefined) return "It is missing.";
  const known = values.map(String);
  const hint = typeof given === "string" ? suggestion(given, known) : "";
  return known.length === 1 ? choices(known) : `${choices(known)}${hint}`;
}

function choices(known: readonly string[]): string {
  return known.length === 1 ? `It must be ${known.join("")}.` : `It must be one of: ${known.join(", ")}.`;
}

function least(origin: string, limit: number, inclusive: boolean): string {
  if (origin === "string")
    return limit === 1 ? "It must not be empty." : `It must have at least ${counted(limit, "character")}.`;
  if (origin === "array" || origin === "set") return `It must have at least ${counted(limit, "item")}.`;
  return inclusive ? `It must be ${shown(limit)} or more.` : `It must be more than ${shown(limit)}.`;
}

function most(origin: string, limit: number, inclusive: boolean): string {
  if (origin === "string") return `It must have at most ${counted(limit, "character")}.`;
  if (origin === "array" || origin === "set") return `It must have at most ${counted(limit, "item")}.`;
  return inclusive ? `It must be ${shown(limit)} or less.` : `It must be less than ${shown(limit)}.`;
}

/** Where one field says which form it is, the value of that field; elsewhere what is next to right. */
function unionProblem({
  input,
  errors,
  discriminator,
  options,
}: z.core.$ZodRawIssue<z.core.$ZodIssueInvalidUnion>): string {
  if (input === undefined) return "It is missing.";
  if (typeof discriminator !== "string" || !Array.isArray(options)) return closest(errors);
  const given: unknown = typeof input === "object" && input !== null ? Reflect.get(input, discriminator) : undefined;
  const known = options.map(String);
  return given === undefined
    ? `It is missing. ${choices(known)}`
    : `${choices(known)}${typeof given === "string" ? suggestion(given, known) : ""}`;
}

/** Of the forms that are allowed, what stands between the value and the one it comes closest to. */
function closest(options: readonly (readonly z.core.$ZodIssue[])[]): string {
  const tags = tagsOf(options);
  if (tags !== null) return `Its "${tags.name}" is not right. ${choices(tags.known)}`;
  const best = options
    .filter((issues) => issues.every(({ code, path }) => path.length > 0 || !otherKind.has(code)))
    .sort((left, right) => left.length - right.length)[0]?.[0];
  if (best === undefined) return anyOf(options);
  return best.path.length === 0
    ? best.message
    : `Its "${best.path.map(String).join(".")}" is not right. ${best.message}`;
}

/** What the field says that tells the forms apart, where the value is none of them for that alone. */
function tagsOf(options: readonly (readonly z.core.$ZodIssue[])[]): { name: string; known: string[] } | null {
  const found = options.map((issues) =>
    issues.flatMap((issue) =>
      issue.code === "invalid_value" && issue.path.length === 1
        ? [{ name: String(issue.path[0]), known: issue.values.map(String) }]
        : [],
    ),
  );
  const [[first] = []] = found;
  if (first === undefined || options.length < 2) return null;
  const same = found.map((tags) => tags.find(({ name }) => name === first.name)?.known ?? []);
  return same.every((known) => known.length > 0) ? { name: first.name, known: [...new Set(same.flat())] } : null;
}

/** Where the value is nothing of what is allowed: what that is. */
function anyOf(options: readonly (readonly z.core.$ZodIssue[])[]): string {
  const kinds = options.flatMap(([first]): string[] => {
    if (first?.code === "invalid_type") return [typeWords[first.expected] ?? first.expected];
    return first?.code === "invalid_value" ? first.values.map((value) => JSON.stringify(value)) : [];
  });
  return kinds.length === 0 ? "It has another form than it should." : `It must be ${[...new Set(kinds)].join(" or ")}.`;
}

const otherKind: ReadonlySet<string> = new Set(["invalid_type", "invalid_value"]);

function counted(count: number, noun: string): string {
  return `${shown(count)} ${noun}${count === 1 ? "" : "s"}`;
}

function shown(value: number): string {
  return value.toLocaleString("en-US", { maximumFractionDigits: 10 });
}

const typeWords: Readonly<Partial<Record<string, string>>> = {
  string: "text",
  number: "a number",
  nan: "a number",
  int: "a whole number",
  boolean: "true or false",
  object: "an object",
  record: "an object",
  array: "a list",
  null: "null",
  date: "a date and time",
};

const formatWords: Readonly<Partial<Record<string, string>>> = {
  email: "an e-mail address such as name@example.com",
  url: "a web address that begins with http:// or https://",
  uuid: "an id as the answers give it",
  guid: "an id as the answers give it",
  datetime: "a date and time such as 2027-01-31T09:00:00Z",
  date: "a date such as 2027-01-31",
};
