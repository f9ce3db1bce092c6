import { asObject, type Json } from "@/core/json";

/** Failures that quote what the service answered. */
const quoting: ReadonlySet<string> = new Set([
  "http_3xx",
  "http_4xx",
  "http_429",
  "http_5xx",
  "response_broken",
  "response_not_json",
  "response_unreadable",
  "unexpected_response",
]);

/** What we say ourselves before it. */
const ownWords =
  /^(?:The service answered \d{3}|The service declared its answer as JSON, but it is not|The answer of the service cannot be read)(?=[:.] )/;
const hiddenWords = "What it said is not shown, because its answer is sensitive.";

/** Whether the message of this failure is made of what a service said. */
export function quotesService(error: Json): boolean {
  const { code, status } = asObject(error);
  return status !== undefined || (typeof code === "string" && quoting.has(code));
}

/** Of a failure that quotes a service: its message, and what is shown instead. Null: nothing is quoted. */
export function quoteOf(error: Json): { text: string; shows: string } | null {
  const { message } = asObject(error);
  if (!quotesService(error) || typeof message !== "string") return null;
  if (/^The service answered \d{3}$/.test(message)) return null;
  const [own] = ownWords.exec(message) ?? [];
  return { text: message, shows: own === undefined ? hiddenWords : `${own}. ${hiddenWords}` };
}
