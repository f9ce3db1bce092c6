import type { Json } from "@/core/json";
import { maxNesting } from "@/core/json-guard";

/** A position in a text: line and column count from 1. */
export interface TextPlace {
  offset: number;
  line: number;
  column: number;
}

export type ReadJson =
  | {
      ok: true;
      value: Json;
      /** Where the value at a path of an issue (`spec.nodes[3].type`) begins; the nearest one around it when it is not there. */
      placeOf(path: string): TextPlace;
    }
  | ({ ok: false; message: string } & TextPlace);

/** Parses JSON, remembers where everything stands, and says in plain words what is wrong and where. Never throws. */
export function readJson(text: string): ReadJson {
  const reader: Reader = { text, at: 0, places: new Map() };
  try {
    const value = readValue(reader, "", 0);
    skipBlank(reader);
    if (reader.at < text.length) throw problem(reader, afterTheEnd(text[reader.at]));
    const { places } = reader;
    const lines = lineStarts(text);
    return { ok: true, value, placeOf: (path) => placeIn(lines, nearest(places, path)) };
  } catch (error) {
    if (!(error instanceof JsonProblem)) throw error;
    return { ok: false, message: error.message, ...placeAt(text, error.offset) };
  }
}

/** Line and column of an offset. */
export function placeAt(text: string, offset: number): TextPlace {
  const before = text.slice(0, offset);
  const lastBreak = before.lastIndexOf("\n");
  return { offset, line: before.split("\n").length, column: offset - lastBreak };
}

/** Offsets at which lines begin: found once, however many places are asked for. */
function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

function placeIn(starts: readonly number[], offset: number): TextPlace {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { offset, line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}

interface Reader {
  text: string;
  at: number;
  places: Map<string, number>;
}

class JsonProblem extends Error {
  constructor(
    readonly offset: number,
    message: string,
  ) {
    super(message);
  }
}

const scalars: readonly [string, Json][] = [
  ["true", true],
  ["false", false],
  ["null", null],
];
const numberPattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const stringPattern = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;

function readValue(reader: Reader, path: string, depth: number): Json {
  skipBlank(reader);
  if (depth > maxNesting)
    throw problem(reader, `The document is nested more than ${String(maxNesting)} levels deep. Flatten it.`);
  reader.places.set(path, reader.at);
  const character = reader.text[reader.at];
  if (character === "{") return readObject(reader, path, depth);
  if (character === "[") return readList(reader, path, depth);
  if (character === '"') return readString(reader);
  const scalar = scalars.find(([word]) => reader.text.startsWith(word, reader.at));
  if (scalar) {
    reader.at += scalar[0].length;
    return scalar[1];
  }
  const number = match(reader, numberPattern);
  if (number !== null) return exactNumber(reader, number);
  throw problem(reader, noValue(character));
}

/** A number is what it says, digit by digit, or it is refused: an id that is another id later finds the wrong thing. */
function exactNumber(reader: Reader, digits: string): number {
  const value = Number(digits);
  const start = { ...reader, at: reader.at - digits.length };
  if (!Number.isFinite(value))
    throw problem(start, "This is larger than any number can be here. Write it as text, in double quotes.");
  if (/^-?\d{16,}$/.test(digits) && significant(digits) !== significant(String(value)))
    throw problem(
      start,
      "This number has more digits than can be calculated with. Write it as text, in double quotes.",
    );
  return value;
}

function significant(digits: string): string {
  return digits.replace(/e.*$/, "").replace(/\D/g, "").replace(/0+$/, "");
}

function readObject(reader: Reader, path: string, depth: number): Json {
  const fields: [string, Json][] = [];
  const opened = reader.at;
  reader.at += 1;
  for (let first = true; ; first = false) {
    skipBlank(reader);
    if (reader.text[reader.at] === "}") {
      if (!first) throw problem(reader, "There is a comma before } with nothing behind it. Remove the comma.");
      break;
    }
    if (reader.text[reader.at] !== '"') throw problem(reader, noKey(reader.text[reader.at], reader.text, opened));
    const key = readString(reader);
    skipBlank(reader);
    if (reader.text[reader.at] !== ":")
      throw problem(reader, `After the name "${key.slice(0, 60)}" a colon is missing.`);
    reader.at += 1;
    fields.push([key, readValue(reader, path === "" ? key : `${path}.${key}`, depth + 1)]);
    if (endsHere(reader, "}", opened)) break;
  }
  reader.at += 1;
  return Object.fromEntries(fields);
}

function readList(reader: Reader, path: string, depth: number): Json {
  const items: Json[] = [];
  const opened = reader.at;
  reader.at += 1;
  for (;;) {
    skipBlank(reader);
    if (reader.text[reader.at] === "]") {
      if (items.length > 0)
        throw problem(reader, "There is a comma before ] with nothing behind it. Remove the comma.");
      break;
    }
    items.push(readValue(reader, `${path}[${String(items.length)}]`, depth + 1));
    if (endsHere(reader, "]", opened)) break;
  }
  reader.at += 1;
  return items;
}

/** After an item: true at the closing bracket, false after a comma. */
function endsHere(reader: Reader, close: "}" | "]", opened: number): boolean {
  skipBlank(reader);
  const character = reader.text[reader.at];
  if (character === close) return true;
  if (character === ",") {
    reader.at += 1;
    return false;
  }
  if (character === undefined) throw problem(reader, unclosed(reader.text, opened, close));
  if (character === "}" || character === "]")
    throw problem(reader, `Here stands ${character}, but what is open needs ${close}. Check the brackets above.`);
  throw problem(reader, "A comma is missing before this.");
}

function readString(reader: Reader): string {
  const found = match(reader, stringPattern);
  // The pattern takes exactly the strings of JSON.
  if (found !== null) return JSON.parse(found) as string;
  const rest = reader.text.slice(reader.at + 1).split("\n", 1)[0] ?? "";
  throw problem(
    reader,
    rest.includes('"')
      ? "This text holds a character that JSON does not take as it is. Write line breaks as \\n and backslashes as \\\\."
      : 'The quotation mark that ends this text is missing. Add " on the same line.',
  );
}

function match(reader: Reader, pattern: RegExp): string | null {
  pattern.lastIndex = reader.at;
  const [found] = pattern.exec(reader.text) ?? [];
  if (found === undefined) return null;
  reader.at += found.length;
  return found;
}

function skipBlank(reader: Reader): void {
  while (/[ \t\r\n\uFEFF]/.test(reader.text[reader.at] ?? "")) reader.at += 1;
}

function noValue(character: string | undefined): string {
  if (character === undefined) return "The document ends where a value belongs.";
  if (character === "'") return "Text stands in double quotes in JSON: write \"…\" instead of '…'.";
  if (character === "/") return "Comments are not part of JSON. Remove this one.";
  if (character === "," || character === "}" || character === "]") return `A value is missing before ${character}.`;
  return "This is not a JSON value. Text stands in double quotes; otherwise use a number, true, false or null.";
}

function noKey(character: string | undefined, text: string, opened: number): string {
  if (character === undefined) return unclosed(text, opened, "}");
  if (character === "/") return "Comments are not part of JSON. Remove this one.";
  return "A name in double quotes is expected here.";
}

function afterTheEnd(character: string | undefined): string {
  return character === "}" || character === "]"
    ? `There is one ${character} too many.`
    : "The document is complete before this. Remove what follows.";
}

function unclosed(text: string, opened: number, close: string): string {
  return `The document ends, but what was opened in line ${String(placeAt(text, opened).line)} is not closed. Add ${close}.`;
}

/** Where the value at a path stands, or the nearest one around it: one part of the path less each time. */
function nearest(places: ReadonlyMap<string, number>, path: string): number {
  for (let end = path.length; end > 0; end = shorter(path, end)) {
    const found = places.get(path.slice(0, end));
    if (found !== undefined) return found;
  }
  return places.get("") ?? 0;
}

/** Where the part before the last one ends; always less than `end`, whatever stands in a name. */
function shorter(path: string, end: number): number {
  return Math.max(path.lastIndexOf(".", end - 1), path.lastIndexOf("[", end - 1), 0);
}

function problem({ at }: Reader, message: string): JsonProblem {
  return new JsonProblem(at, message);
}
