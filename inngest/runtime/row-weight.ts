import type { Json } from "@/core/json";
import type { JournalRow } from "@/server/modules/runs/journal";

const rowBytes = 500;
const largeBytes = 10_000;

/** What is large, and handed on from step to step, is weighed once. Values of rows are never changed. */
const weighed = new WeakMap<object, number>();

/** What a row takes in memory, roughly; as JSON it is about half of that. */
export function weightOf(row: Pick<JournalRow, "input" | "output">): number {
  return rowBytes + membersOf(row.input) + bytesOf(row.output);
}

/** A step's input is an object made for it; what it holds may be held by others. */
function membersOf(input: Json): number {
  if (typeof input !== "object" || input === null || Array.isArray(input)) return bytesOf(input);
  let bytes = 16;
  for (const key in input) bytes += 2 * key.length + bytesOf(input[key] ?? null);
  return bytes;
}

function bytesOf(value: Json): number {
  if (typeof value !== "object" || value === null) return plainBytes(value);
  const known = weighed.get(value);
  if (known !== undefined) return known;
  const bytes = count(value);
  if (bytes > largeBytes) weighed.set(value, bytes);
  return bytes;
}

const plainBytes = (value: Json): number => (typeof value === "string" ? 2 * value.length : 8);

/** Counts what is there, without writing it out. */
function count(value: Json): number {
  if (typeof value !== "object" || value === null) return plainBytes(value);
  let bytes = 16;
  if (Array.isArray(value)) for (const item of value) bytes += 8 + count(item);
  // Data has no names that it inherits.
  else for (const key in value) bytes += 2 * key.length + count(value[key] ?? null);
  return bytes;
}
