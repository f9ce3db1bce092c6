import type { Json } from "@/core/json";
import { env } from "@/server/env";
import { readStepToken, type StepPurpose } from "./step-token";
import { hiddenMark } from "@/core/workflow/secret-paths";

/** No token is shorter: a run's id, a proof and a key of one letter. */
const shortestToken = 44;
/** Longer ones are files and the like; keys of steps are short. */
const longestToken = 1_000;
const words = /[\w-]{44,}/g;
const anyWord = /[\w-]{44}/;

const purposes: readonly StepPurpose[] = ["callback", "form", "tracking"];

function isToken(word: string, of: readonly StepPurpose[]): boolean {
  return word.length <= longestToken && of.some((purpose) => readStepToken(env().NEXTAUTH_SECRET, purpose, word));
}

/** The text without the secret part of any address that a wait is answered or a run is followed at, whether or not the rest of the address is there. */
export function hideTokens(text: string, of: readonly StepPurpose[] = purposes): string {
  if (text.length < shortestToken || !anyWord.test(text)) return text;
  return text.replace(words, (word) => (isToken(word, of) ? hiddenMark : word));
}

/** The runs whose forms can be filled in with what stands in a text. */
export function formRunsIn(text: string): string[] {
  if (text.length < shortestToken || !anyWord.test(text)) return [];
  return (text.match(words) ?? []).flatMap((word) => {
    const place = word.length <= longestToken ? readStepToken(env().NEXTAUTH_SECRET, "form", word) : null;
    return place === null ? [] : [place.runId];
  });
}

/** The same in all texts and names of a value; the very same value where there is nothing to hide. */
export function withoutTokens<Value extends Json>(value: Value): Value {
  // Shapes stay; only what is written in them changes.
  return hiddenIn(value) as Value;
}

function hiddenIn(value: Json): Json {
  if (typeof value === "string") return hideTokens(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map(hiddenIn);
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  const entries = Object.entries(value).map(([name, inner]): [string, Json] => [hideTokens(name), hiddenIn(inner)]);
  return entries.some(([name, inner]) => value[name] !== inner) ? Object.fromEntries(entries) : value;
}

/** Whether an address that a wait is answered at stands in it. */
export function hasTokens(value: Json): boolean {
  return withoutTokens(value) !== value;
}

/**
 * The last door before an answer leaves: whatever shows something that a run gave away (lists of deliveries, calls, events, messages,
 * tests), nobody reads in it where to answer for others. `text` is JSON.
 */
export function jsonWithoutTokens(text: string): string {
  if (!anyWord.test(text)) return text;
  const plain = JSON.parse(text) as Json;
  const hidden = withoutTokens(plain);
  return hidden === plain ? text : JSON.stringify(hidden);
}

/** The same for plain data; the very same data where there is nothing to hide. */
export function answerWithoutTokens(body: unknown): unknown {
  const text = JSON.stringify(body) as string | undefined;
  if (text === undefined) return body;
  const hidden = jsonWithoutTokens(text);
  return hidden === text ? body : JSON.parse(hidden);
}
