import { asObject, type Json } from "@/core/json";
import { spendSchemaStep } from "@/core/schema/schema-budget";
import { screenPattern } from "@/core/schema/safe-pattern";
import { subschemas } from "@/core/schema/subschemas";

/** Something wrong at a place, `path` in dots and brackets; empty for the whole. */
export interface SchemaIssue {
  path: string;
  message: string;
}

export interface FoundPattern {
  source: string;
  /** Where in the schema. */
  path: string;
}

/** Every regular expression a schema holds: values of `pattern` and keys of `patternProperties`. */
export function patternsIn(schema: unknown): FoundPattern[] {
  return subschemas(schema).flatMap(({ schema: { pattern, patternProperties }, path }) => {
    const within = path === "" ? "" : `${path}.`;
    return [
      ...(typeof pattern === "string" ? [{ source: pattern, path: `${within}pattern` }] : []),
      ...Object.keys(asObject(patternProperties)).map((source) => ({ source, path: `${within}patternProperties` })),
    ];
  });
}

/** The patterns that may not be used at all. */
export function badPatterns(patterns: readonly FoundPattern[]): SchemaIssue[] {
  return patterns.flatMap(({ source, path }) => {
    const screen = screenPattern(source);
    // Whether or not it is remembered: a schema must not be usable at one time and too expensive at another.
    if (screen.ok) spendSchemaStep(Math.ceil(screen.matcher.size / 4));
    return screen.ok ? [] : [{ path, message: screen.message }];
  });
}

/** Field names too long for the most expensive of the patterns that names meet (`patternProperties`). */
export function tooLongNames(patterns: readonly FoundPattern[], value: Json): SchemaIssue[] {
  const limits = patterns
    .filter(({ path }) => path.endsWith("patternProperties"))
    .map(({ source }) => screenPattern(source))
    .map((screen) => (screen.ok ? screen.maxNameLength : 0));
  const limit = Math.min(Infinity, ...limits);
  return limit === Infinity ? [] : longNames(value, limit, "");
}

function longNames(value: Json, limit: number, path: string): SchemaIssue[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => longNames(item, limit, `${path}[${index}]`));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => {
    const here = path === "" ? key : `${path}.${key}`;
    return key.length > limit
      ? [{ path: here.slice(0, 80), message: "This field name is too long to be checked." }]
      : longNames(member, limit, here);
  });
}

/** Whether a schema uses a keyword anywhere. */
export function usesKeyword(schema: unknown, keyword: string, depth = 0): boolean {
  if (depth > 100 || typeof schema !== "object" || schema === null) return false;
  return Object.entries(schema).some(([key, value]) => key === keyword || usesKeyword(value, keyword, depth + 1));
}

/** Patterns of names are tried on every name of every object: all that they may meet is paid for before. */
export function spendOnNames(patterns: readonly FoundPattern[], value: Json): void {
  const ofNames = patterns.filter(({ path }) => path.endsWith("patternProperties")).length;
  if (ofNames > 0) spendSchemaStep(Math.ceil((countNames(value) * ofNames) / 32));
}

function countNames(value: Json): number {
  if (typeof value !== "object" || value === null) return 0;
  const members = Object.values(value);
  return members.reduce<number>((sum, member) => sum + countNames(member), Array.isArray(value) ? 0 : members.length);
}

/** Every item is compared with every other: more would hold up the server. */
const comparableItems = 1_000;

export function hugeLists(value: Json, path = ""): SchemaIssue[] {
  if (Array.isArray(value)) {
    if (value.length > comparableItems)
      return [
        {
          path,
          message: `The list has ${value.length} items; at most ${comparableItems} can be checked for repetitions.`,
        },
      ];
    // Objects are compared field by field.
    spendSchemaStep(Math.ceil(value.length ** 2 / (value.some((item) => typeof item === "object") ? 32 : 512)));
    return value.flatMap((item, index) => hugeLists(item, `${path}[${index}]`));
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => hugeLists(member, path === "" ? key : `${path}.${key}`));
}
