import type { Json } from "@/core/json";
import { fileValue, isFileKind, readFileEntries } from "./file-entry";
import { isNumeric, type FormEntry } from "./form-entry";
import type { FormField } from "./form-field";
import { readLocalDateTime, readTimeOfDay } from "./local-time";
import { readNumber } from "./number-text";

/** What somebody wrote in one control as a value; neither where nothing stands there. */
export type ReadEntry = { value?: Json | undefined; problem?: undefined } | { value?: undefined; problem: string };

export function readEntry(field: FormField, entry: FormEntry, locale: string): ReadEntry {
  const { kind, options } = field;
  if (kind === "unsupported") return {};
  if (isFileKind(kind)) return { value: fileValue(field, readFileEntries(entry)) };
  if (kind === "yes_no") return typeof entry === "boolean" ? { value: entry } : {};
  if (kind === "consent") return entry === true ? { value: true } : {};
  if (Array.isArray(entry)) {
    const chosen = entry.flatMap((position) => (typeof position === "number" ? (options[position]?.value ?? []) : []));
    return entry.length === 0 ? {} : { value: chosen };
  }
  if (typeof entry !== "string") return {};
  const text = entry.trim();
  if (text === "") return {};
  if (kind === "choice") return { value: options[Number(text)]?.value };
  if (isNumeric(field)) {
    const read = readNumber(text, locale);
    return read.ok ? { value: read.value } : { problem: read.problem };
  }
  if (kind === "date_time" || kind === "time") {
    const read = kind === "time" ? readTimeOfDay(text, field.schema["format"] === "time") : readLocalDateTime(text);
    return read.ok ? { value: read.value } : { problem: read.problem };
  }
  if (kind === "json") return parseJson(text);
  // Somebody laid out the lines of a long text, and a password may begin with a space.
  return { value: kind === "long_text" || kind === "password" ? entry : text };
}

function parseJson(text: string): ReadEntry {
  try {
    return { value: JSON.parse(text) as Json };
  } catch {
    return { problem: "This is not valid JSON. Check quotes, commas and brackets." };
  }
}
