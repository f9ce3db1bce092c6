import { asObject, type Json } from "./json";
import type { StepError } from "./step-error";

/** Where services name the field that they refuse. */
const fieldNames = ["field", "path", "param", "parameter", "property", "pointer", "loc", "instancePath"] as const;
const most = 5;

/**
 * The values of what a step was given that its error names: by a path ("body.iban", "/iban"), by a field of the service's answer, or
 * by its name in the message. Each once, the deepest place for a name.
 */
export function failingValues(
  given: Json,
  error: Pick<StepError, "message"> & { body?: Json },
): { path: string; value: Json }[] {
  const places = leavesOf(given, []);
  const named = [...pathsNamed(error.body ?? null), ...wordsOf(error.message)];
  const found = new Map<string, Json>();
  for (const name of named) {
    const parts = name.split(/[./[\]]+/).filter((part) => part !== "");
    if (parts.length === 0) continue;
    for (const { path, value } of places)
      if (endsWith(path, parts)) {
        found.set(path.join("."), value);
        if (found.size === most) break;
      }
    if (found.size === most) break;
  }
  return [...found].map(([path, value]) => ({ path, value }));
}

function leavesOf(value: Json, path: readonly string[]): { path: readonly string[]; value: Json }[] {
  if (typeof value !== "object" || value === null) return [{ path, value }];
  return Object.entries(value).flatMap(([name, inner]) => leavesOf(inner, [...path, name]));
}

function endsWith(path: readonly string[], parts: readonly string[]): boolean {
  return parts.length <= path.length && parts.every((part, at) => path[path.length - parts.length + at] === part);
}

function pathsNamed(body: Json): string[] {
  if (typeof body !== "object" || body === null) return [];
  if (Array.isArray(body)) return body.flatMap(pathsNamed);
  const fields = asObject(body);
  return [
    ...fieldNames.flatMap((name) => {
      const value = fields[name];
      if (typeof value === "string") return [value];
      return Array.isArray(value) && value.every((part) => typeof part !== "object") ? [value.join(".")] : [];
    }),
    ...Object.values(fields).flatMap((value) => (typeof value === "object" ? pathsNamed(value) : [])),
  ];
}

/** What a message puts in quotes or writes as a path, and its words with a sign in them: a plain word says too little. */
function wordsOf(message: string): string[] {
  const quoted = [...message.matchAll(/["'“`]([\p{L}\p{N}_.[\]-]{1,100})["'”`]/gu)].map(([, name = ""]) => name);
  const paths = message.match(/[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}\p{N}_]+)+/gu) ?? [];
  const signed = message.match(/[\p{L}]+(?:_[\p{L}\p{N}]+)+|\p{Ll}+\p{Lu}[\p{L}\p{N}]*/gu) ?? [];
  const shouted = (message.match(/\b\p{Lu}{3,}\b/gu) ?? []).map((word) => word.toLowerCase());
  return [...quoted, ...paths.map((path) => path.replace(/^(input|trigger)\./, "")), ...signed, ...shouted];
}
