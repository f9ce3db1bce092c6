import type { Json, JsonObject } from "@/core/json";
import { isJsonObject } from "@/core/json-guard";
import { attachmentQuestion } from "@/core/schema/attachment";

/** Says of a text what a file never has. */
const ofTexts = ["format", "minLength", "maxLength", "pattern", "contentEncoding", "contentMediaType"] as const;

/** A schema with every file and signature asked for in the one way that answers are kept in: `{type: object, x-kind: file}`. */
export function canonicalAttachments(schema: JsonObject): JsonObject {
  return rewritten(schema, false);
}

function rewritten(schema: JsonObject, isNames: boolean): JsonObject {
  const question = isNames ? null : attachmentQuestion(schema);
  const entries = Object.entries(schema).map(([name, value]): [string, Json] => [
    name,
    !isNames && holdsValues.has(name) ? value : within(value, !isNames && holdsNames.has(name)),
  ]);
  const same = Object.fromEntries(entries);
  if (question === null) return same;
  for (const keyword of ofTexts) delete same[keyword];
  return { ...same, type: "object", "x-kind": question.kind };
}

function within(value: Json, isNames: boolean): Json {
  if (Array.isArray(value)) return value.map((each) => within(each, false));
  return isJsonObject(value) ? rewritten(value, isNames) : value;
}

const holdsNames: ReadonlySet<string> = new Set([
  "properties",
  "patternProperties",
  "$defs",
  "definitions",
  "dependentSchemas",
]);
const holdsValues: ReadonlySet<string> = new Set(["const", "enum", "default", "example", "examples"]);
