import { Optional } from "@marcbachmann/cel-js";
import { Duration } from "@marcbachmann/cel-js/evaluator";
import type { Json, JsonObject } from "@/core/json";
import { expressionLimits } from "@/core/expression/limits";
import { ExpressionProblem } from "@/core/expression/problem";
import { wholeStepWords } from "@/core/expression/language-words";
import { dataTooDeep, unsafeKeys } from "@/core/expression/safe-data";
import { storableText } from "@/core/storable-text";

/** Counts the characters of a result while it is copied, so that a list of one big value repeated stops early. */
export interface SizeMeter {
  left: number;
}

export function sizeMeter(): SizeMeter {
  return { left: expressionLimits.resultCharacters };
}

/**
 * Whatever CEL answered, as plain JSON: BigInt and unsigned become numbers, timestamps ISO text, durations ISO text in
 * seconds, bytes base64, an optional its value or null. Throws a problem when it is too large, too deep or not a number.
 */
export function toJson(value: unknown, meter: SizeMeter = sizeMeter(), depth = 0): Json {
  switch (typeof value) {
    case "string":
      spend(meter, value.length + 2);
      return storableText(value);
    case "number":
      spend(meter, 8);
      return finite(value);
    case "bigint":
      spend(meter, 8);
      return finite(Number(value));
    case "boolean":
      spend(meter, 5);
      return value;
    case "object":
      return value === null ? spendNull(meter) : objectToJson(value, meter, depth);
    default:
      if (value === dataTooDeep) throw tooDeep();
      return spendNull(meter);
  }
}

function objectToJson(value: object, meter: SizeMeter, depth: number): Json {
  // Two levels more than data may have: a result may wrap data in a list or an object.
  if (depth > expressionLimits.dataDepth + 2) throw tooDeep();
  // Of all that an expression can read, only the record of the steps is without a prototype.
  if (Object.getPrototypeOf(value) === null) throw new ExpressionProblem("bad_expression", wholeStepWords);
  spend(meter, 2);
  if (Array.isArray(value)) return value.map((item: unknown) => toJson(item, meter, depth + 1));
  for (const [matches, convert] of specialValues) if (matches(value)) return toJson(convert(value), meter, depth);
  const result: JsonObject = {};
  for (const [key, member] of Object.entries(value)) {
    // Looked at as it is written: leaving out a NUL may make an unsafe name of a harmless one.
    const name = storableText(key);
    if (unsafeKeys.has(name)) continue;
    spend(meter, key.length + 4);
    result[name] = toJson(member, meter, depth + 1);
  }
  return result;
}

const specialValues: readonly (readonly [(value: object) => boolean, (value: object) => unknown])[] = [
  [(value) => value instanceof Date, (value) => (value instanceof Date ? isoTime(value) : null)],
  [(value) => value instanceof Optional, optionalValue],
  [(value) => value instanceof Duration, (value) => (value instanceof Duration ? isoSeconds(value) : null)],
  [(value) => value instanceof Uint8Array, (value) => (value instanceof Uint8Array ? bytesToBase64(value) : null)],
  [
    (value) => Object.getPrototypeOf(value) !== Object.prototype && typeof value.valueOf() === "bigint",
    (value) => value.valueOf(),
  ],
  [
    (value) => /^Type</.test(String(Reflect.get(value, Symbol.toStringTag) ?? "")),
    (value): unknown => Reflect.get(value, "name"),
  ],
];

function optionalValue(value: object): unknown {
  return value instanceof Optional && value.hasValue() ? value.value() : null;
}

function isoTime(date: Date): string {
  if (Number.isNaN(date.getTime()))
    throw new ExpressionProblem(
      "bad_expression",
      "The expression gives a time that does not exist. Check the texts it reads as times.",
    );
  return date.toISOString();
}

function isoSeconds(duration: Duration): string {
  const milliseconds = duration.valueOf();
  const sign = milliseconds < 0 ? "-" : "";
  return `${sign}PT${Math.abs(milliseconds) / 1000}S`;
}

/** Base64 without Node's Buffer: this also runs in the browser. In pieces, because a call takes only so many arguments. */
export function bytesToBase64(bytes: Uint8Array): string {
  let binary = "";
  for (let i = 0; i < bytes.length; i += 8192) binary += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return btoa(binary);
}

function finite(value: number): number {
  if (!Number.isFinite(value))
    throw new ExpressionProblem(
      "bad_expression",
      "The expression gives something that is not a number. Check for division by zero and for very large numbers.",
    );
  return value === 0 ? 0 : value;
}

function spendNull(meter: SizeMeter): null {
  spend(meter, 4);
  return null;
}

function spend(meter: SizeMeter, characters: number): void {
  meter.left -= characters;
  if (meter.left < 0)
    throw new ExpressionProblem(
      "expression_limit",
      "The result is larger than one million characters. Pick only the fields that are needed.",
    );
}

function tooDeep(): ExpressionProblem {
  return new ExpressionProblem(
    "expression_limit",
    `The result is nested more than ${expressionLimits.dataDepth} levels deep. Pick only the part that is needed.`,
  );
}
