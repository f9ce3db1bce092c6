import { compareNumber, isLosslessNumber, LosslessNumber, parse } from "lossless-json";
import type { Json } from "@/core/json";

/** Deeper values overflow the stack of whoever walks or serialises them. */
const maxDepth = 200;

/** 17 digits are what it takes to write any double; who writes more means more than a double holds. */
const digitsOfDouble = 17;

/** Whether a number may stand in this text that a double cannot hold. Often wrong about texts, never about numbers. */
const mayLoseDigits = /(?<![.\d])[1-9]\d{15}|[1-9][\d.]{17}|\d[eE][-+]?\d{3}/;

export type ExactJson =
  | {
      ok: true;
      value: Json;
      /** Paths of the numbers whose digits were kept as text, e.g. `items[2].id`. */ kept: string[];
    }
  | {
      ok: false;
      code: "not_json" | "too_deep" | "number_too_large";
      message: string;
      /** Of the numbers that are too large. */ paths?: string[];
    };

/**
 * JSON without losing digits: a number that a double cannot hold (`8202522731445525542`) stays as the text of its
 * digits, one that is beyond every double (`1e400`) is refused. Everything else is as `JSON.parse` gives it; a text
 * without such numbers costs one scan more than that.
 */
export function parseExactJson(text: string): ExactJson {
  let plain: Json;
  try {
    // JSON.parse gives JSON values only.
    plain = JSON.parse(text) as Json;
  } catch {
    return { ok: false, code: "not_json", message: "It is not JSON." };
  }
  if (!isShallow(plain, maxDepth))
    return {
      ok: false,
      code: "too_deep",
      message: `It is nested more than ${String(maxDepth)} levels deep. Ask for a flatter form.`,
    };
  return mayLoseDigits.test(text) ? parseDigits(text, plain) : { ok: true, value: plain, kept: [] };
}

function parseDigits(text: string, plain: Json): ExactJson {
  const unheld: string[] = [];
  const written = parse(text, undefined, {
    parseNumber(digits) {
      if (holds(digits)) return Number(digits);
      unheld.push(digits);
      // Until its path is known.
      return new LosslessNumber(digits);
    },
    onDuplicateKey: ({ newValue }) => newValue,
  });
  if (unheld.length === 0) return { ok: true, value: plain, kept: [] };
  const found: Found = { kept: [], tooLarge: [] };
  const value = withDigits(written, "", found);
  if (found.tooLarge.length > 0)
    return {
      ok: false,
      code: "number_too_large",
      message: `The number ${places(found.tooLarge)} is larger than any number can be here. Send it as text.`,
      paths: found.tooLarge,
    };
  return { ok: true, value, kept: found.kept };
}

function holds(digits: string): boolean {
  const value = Number(digits);
  if (!Number.isFinite(value)) return false;
  if (compareNumber(digits, String(value)) === 0) return true;
  // A fraction is rounded to the nearest double by whoever reads it; only digits that no double has are a loss.
  return value !== 0 && !Number.isInteger(value) && significantDigits(digits) <= digitsOfDouble;
}

function significantDigits(digits: string): number {
  return digits
    .replace(/[eE].*$/, "")
    .replace(/\D/g, "")
    .replace(/^0+|0+$/g, "").length;
}

interface Found {
  kept: string[];
  tooLarge: string[];
}

function withDigits(value: unknown, path: string, found: Found): Json {
  if (isLosslessNumber(value)) {
    (Number.isFinite(Number(value.value)) ? found.kept : found.tooLarge).push(path);
    return value.value;
  }
  if (Array.isArray(value)) return value.map((item, index) => withDigits(item, `${path}[${String(index)}]`, found));
  // What is left came out of the parser: JSON values and objects of them.
  if (typeof value !== "object" || value === null) return value as Json;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      withDigits(member, path === "" ? key : `${path}.${key}`, found),
    ]),
  );
}

/** A list of paths as it reads in a sentence, at most ten of them. */
export function places(paths: readonly string[]): string {
  const shown = paths.slice(0, 10).map((path) => (path === "" ? "that it is" : `at ${path}`));
  return `${shown.join(", ")}${paths.length > 10 ? ` and ${String(paths.length - 10)} more` : ""}`;
}

/** What is said of numbers whose digits were kept as text; nothing when there are none. */
export function keptAsText(paths: readonly string[]): string[] {
  return paths.length === 0
    ? []
    : [`Numbers with more digits than can be calculated with are kept as text: ${places(paths)}.`];
}

function isShallow(value: Json, levels: number): boolean {
  if (value === null || typeof value !== "object") return true;
  return levels > 0 && Object.values(value).every((inner) => isShallow(inner, levels - 1));
}
