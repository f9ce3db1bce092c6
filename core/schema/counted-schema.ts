import { format, type OutputUnit, type Schema } from "@cfworker/json-schema";
import type { LinearPattern } from "@/core/schema/linear-pattern";
import { screenPattern } from "@/core/schema/safe-pattern";
import { spendSchemaStep } from "@/core/schema/schema-budget";

/*
 * The validator reads a schema's `$ref` once for every value that the schema meets, and a `format` right before it uses it. Two
 * getters there are enough to count what it does, and to have patterns matched by an engine that cannot run away.
 */

/** No author can write this name: formats with control characters are taken off. */
const linearFormat = "\u0001pattern";
let asked: LinearPattern | null = null;
format[linearFormat] = (text) => asked?.test(text, spendSchemaStep) ?? false;

/** Makes a part of a schema, which is changed, count its uses. */
export function countUses(part: Schema): void {
  const { $ref } = part;
  const steps = stepsOf(part);
  speakBriefly(part.enum);
  speakBriefly(part.const);
  Object.defineProperty(part, "$ref", {
    enumerable: $ref !== undefined,
    get: () => {
      spendSchemaStep(steps);
      return $ref;
    },
  });
}

/** What one value costs that meets a part of a schema: going through what the part lists, whether or not the value has it. */
function stepsOf(part: Schema): number {
  const names = [
    part.properties,
    part.patternProperties,
    part.dependentSchemas,
    part.dependentRequired,
    part.dependencies,
  ]
    .map((named) => (named === undefined ? 0 : Object.keys(named).length))
    .reduce((sum, count) => sum + count, 0);
  const required = Array.isArray(part.required) ? part.required.length : 0;
  // A format is matched by a pattern of its own.
  const format = part.format === undefined ? 0 : 4;
  return 1 + Math.floor(format + names / 16 + required / 4 + choicesOf(part.enum) + choicesOf(part.const));
}

function choicesOf(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + choicesOf(item), value.length / 64);
  if (typeof value === "string") return value.length / 4096;
  return typeof value === "object" && value !== null ? JSON.stringify(value).length / 64 : 0;
}

/** The validator writes all choices into every finding; ours are written from the schema, so those need not be built. */
function speakBriefly(choices: unknown): void {
  if (typeof choices === "object" && choices !== null)
    Object.defineProperty(choices, "toJSON", { value: () => "…", enumerable: false });
}

/** Moves the pattern of a part of a schema, which is changed, to the linear engine. Its pattern has been screened. */
export function movePattern(part: Schema): void {
  if (part.format === linearFormat) delete part.format;
  const { pattern } = part;
  if (typeof pattern !== "string") return;
  const screen = screenPattern(pattern);
  if (!screen.ok) return;
  delete part.pattern;
  const moved = {
    $comment: pattern,
    get format() {
      asked = screen.matcher;
      return linearFormat;
    },
  };
  part.allOf = [...(part.allOf ?? []), moved];
}

/** The validator's finding about a pattern, in the words that it has for patterns. */
export function asPatternUnit(unit: OutputUnit): OutputUnit {
  if (unit.keyword !== "format" || !unit.error.includes(linearFormat)) return unit;
  return { ...unit, keyword: "pattern", keywordLocation: unit.keywordLocation.replace(/format$/, "$comment") };
}
