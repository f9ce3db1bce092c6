import type { Json, JsonObject } from "@/core/json";
import { isJsonObject, sameJson } from "@/core/json-guard";
import { fieldLabel, valueWords } from "./change-words";
import type { DocumentChange } from "./document-changes";

export type FieldDifference = DocumentChange["fields"][number];

/** The fields that differ, as deep as both sides are objects. Keys in `skip` are no difference. */
export function fieldDifferences(
  before: JsonObject,
  after: JsonObject,
  skip: ReadonlySet<string> = new Set(),
): FieldDifference[] {
  return differences(before, after, [], skip);
}

/** "Max retries: 3, now 5" for a few fields; names alone for long values. */
export function differenceWords(fields: readonly FieldDifference[]): string {
  const shown = fields.slice(0, 3).map(({ path, label, before, after }) => {
    const [was, is] = [before, after].map((value) => valueWords(path.split("."), value));
    if (was === null || is === null || was === undefined || is === undefined) return `${label} changed`;
    return `${label}: ${was}, now ${is}`;
  });
  const more = fields.length - shown.length;
  return [...shown, ...(more > 0 ? [`${more} more`] : [])].join("; ");
}

function differences(
  before: JsonObject,
  after: JsonObject,
  path: readonly string[],
  skip: ReadonlySet<string>,
): FieldDifference[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((key) => !skip.has(key));
  return keys.flatMap((key) => {
    const was = own(before, key);
    const is = own(after, key);
    if (sameJson(was, is)) return [];
    const at = [...path, key];
    if (isJsonObject(was) && isJsonObject(is) && at.length < deepest) return differences(was, is, at, none);
    // A group of settings that came or went is told setting by setting.
    if (isGroup(was, is) && at.length === 1)
      return differences(isJsonObject(was) ? was : {}, isJsonObject(is) ? is : {}, at, none);
    return [{ path: at.join("."), label: fieldLabel(at), before: was ?? null, after: is ?? null }];
  });
}

const none: ReadonlySet<string> = new Set();

function isGroup(was: Json | undefined, is: Json | undefined): boolean {
  return (was === undefined && isFilled(is)) || (is === undefined && isFilled(was));
}

function isFilled(value: Json | undefined): value is JsonObject {
  return isJsonObject(value) && Object.keys(value).length > 0;
}

/** Deeper parts are shown side by side as a whole. */
const deepest = 4;

function own(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}
