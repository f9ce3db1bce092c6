import type { Json } from "@/core/json";
import { disguisedForms, hideBeginnings, writtenForms } from "./secret-forms";

export const redacted = "[redacted]";

const secretName =
  /authorization|cookie|passw(or)?d|passphrase|secret|token|api[-_]?key|private[-_]?key|access[-_]?key|credential|signature/i;
/** Shorter ones are words that business data is made of ("prod", "admin"), and are hidden in records only, as whole words. */
const longSecret = 8;
/** From here on nothing but the secret looks like a part or a disguise of it. */
const strongSecret = 16;
/** Shorter values would blank out ordinary text. */
const minSecretLength = 4;

/** For logs and records: hides what a key's name gives away and every occurrence of a known secret, in keys as well. */
export function redact(value: Json, secrets: readonly string[]): Json {
  return walk(value, hideEverywhere(secrets), "records");
}

/**
 * For data that later steps use: a known secret of eight characters or more goes where it stands by itself, not as a part
 * of a longer word, and never in a key; one of sixteen also in disguise, and when half of it is shown. Business data stays what
 * the service sent.
 */
export function redactValues(value: Json, secrets: readonly string[]): Json {
  const long = secrets.filter((secret) => secret.length >= longSecret);
  if (long.length === 0) return value;
  const strong = long.filter((secret) => secret.length >= strongSecret);
  const asWritten = replacer(longestFirst(long.flatMap(writtenForms)).map(asWord));
  const disguised = replacer(
    longestFirst(strong.flatMap((secret) => [secret, ...disguisedForms(secret)])).map(escaped),
    "gi",
  );
  const hide: Replace = (text) =>
    strong.reduce(
      (left, secret) => hideBeginnings(left, secret, Math.ceil(secret.length / 2), redacted, true),
      disguised(asWritten(text)),
    );
  return walk(value, hide, "data");
}

/** For messages, addresses and the like: every occurrence. */
export function redactText(text: string, secrets: readonly string[]): string {
  return hideEverywhere(secrets)(text);
}

type Replace = (text: string) => string;

/** Long secrets wherever they are; short ones as whole words only. */
function hideEverywhere(secrets: readonly string[]): Replace {
  const long = secrets.filter((secret) => secret.length >= longSecret);
  const short = secrets.filter((secret) => secret.length >= minSecretLength && secret.length < longSecret);
  const whole = replacer(
    [
      ...longestFirst(long.flatMap((secret) => [...writtenForms(secret), ...disguisedForms(secret)])).map(escaped),
      ...longestFirst(short.flatMap(writtenForms)).map(asWord),
    ],
    "gi",
  );
  return (text) =>
    long.reduce((left, secret) => hideBeginnings(left, secret, longSecret, redacted, false), whole(text));
}

/** Longest first, so that one form never leaves the rest of a longer one behind. */
function longestFirst(forms: readonly string[]): string[] {
  return [...new Set(forms)].filter((form) => form !== "").sort((a, b) => b.length - a.length);
}

function escaped(form: string): string {
  return form.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}

function asWord(form: string): string {
  return `(?<![A-Za-z0-9_-])${escaped(form)}(?![A-Za-z0-9_-])`;
}

function replacer(patterns: readonly string[], flags: "g" | "gi" = "g"): Replace {
  if (patterns.length === 0) return (text) => text;
  const any = new RegExp(patterns.join("|"), flags);
  return (text) => text.replace(any, redacted);
}

/** `records`: keys are hidden too, and what their names give away. */
function walk(value: Json, replace: Replace, kind: "records" | "data"): Json {
  if (typeof value === "string") return replace(value);
  if (Array.isArray(value)) return value.map((item) => walk(item, replace, kind));
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).map(([key, inner]): [string, Json] => {
    if (kind === "data") return [key, walk(inner, replace, kind)];
    const isSecret = secretName.test(key) && inner !== null && typeof inner !== "boolean";
    return [replace(key), isSecret ? redacted : walk(inner, replace, kind)];
  });
  return Object.fromEntries(entries);
}
