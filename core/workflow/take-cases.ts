import { z } from "zod";
import type { Json, JsonObject } from "@/core/json";
import { isJsonObject } from "@/core/json-guard";
import { targetField, targetOf } from "./waiting-fields";

/** `cases` as people write it: each answer with the step that it leads to. */
export const caseTableField = z.record(z.string(), z.union([targetField, z.string(), z.object({}).strict()]));

/**
 * Takes the targets out of `cases: {label: {next: "node"}}` and leaves the labels, in order: `cases: ["label", …]`.
 * Anything else in `cases` stays as it is and is found by validation.
 */
export function takeCases(raw: JsonObject): { fields: JsonObject; targets: { case: string; to: string }[] } {
  const cases = Object.hasOwn(raw, "cases") ? raw["cases"] : undefined;
  if (!isCaseTable(cases)) return { fields: raw, targets: [] };
  const targets = Object.entries(cases).flatMap(([label, value]) => {
    const to = caseTarget(value);
    return to === null ? [] : [{ case: label, to }];
  });
  return { fields: { ...raw, cases: Object.keys(cases) }, targets };
}

function isCaseTable(cases: Json | undefined): cases is JsonObject {
  if (!isJsonObject(cases)) return false;
  return Object.entries(cases).every(
    ([label, value]) =>
      label !== "" &&
      (caseTarget(value) !== null || (typeof value === "object" && value !== null && Object.keys(value).length === 0)),
  );
}

/** A case names its target as `{next: "node"}` or as the bare id; an empty name is none. */
function caseTarget(value: Json): string | null {
  const target = typeof value === "string" ? value : targetOf(value);
  return target === "" ? null : target;
}
