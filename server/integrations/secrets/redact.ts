import type { Json } from "@/core/json";
import { wellFormed } from "../well-formed";

export const redacted = "[redacted]";

const secretName =
  /authorization|cookie|passw(or)?d|passphrase|secret|token|api[-_]?key|private[-_]?key|access[-_]?key|credential|signature/i;
/** Shorter values would blank out ordinary text. */
const minSecretLength = 4;

/** For logs and records: hides what a key's name gives away and every occurrence of a known secret. */
export function redact(value: Json, secrets: readonly string[]): Json {
  return walk(value, replacer(secrets), true);
}

/** For data that later steps use: hides known secrets only, whatever the keys are called. */
export function redactValues(value: Json, secrets: readonly string[]): Json {
  const replace = replacer(secrets);
  return replace ? walk(value, replace, false) : value;
}

export function redactText(text: string, secrets: readonly string[]): string {
  return replacer(secrets)?.(text) ?? text;
}

type Replace = (text: string) => string;

/** Finds a secret as it is, and as it looks inside a URL, in base64 and in a quoted JSON string. */
function replacer(secrets: readonly string[]): Replace | null {
  const forms = new Set<string>();
  for (const secret of secrets) {
    if (secret.length < minSecretLength) continue;
    const base64 = Buffer.from(secret, "utf8").toString("base64");
    for (const form of [
      secret,
      encodeURIComponent(wellFormed(secret)),
      base64,
      base64.replace(/=+$/, ""),
      Buffer.from(secret, "utf8").toString("base64url"),
      JSON.stringify(secret).slice(1, -1),
    ]) {
      forms.add(form);
    }
  }
  if (forms.size === 0) return null;
  // Longest first, so that one form never leaves the rest of a longer one behind.
  const ordered = [...forms].sort((a, b) => b.length - a.length);
  return (text) => ordered.reduce((result, form) => result.replaceAll(form, redacted), text);
}

function walk(value: Json, replace: Replace | null, byName: boolean): Json {
  if (typeof value === "string") return replace ? replace(value) : value;
  if (Array.isArray(value)) return value.map((item) => walk(item, replace, byName));
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).map(([key, inner]): [string, Json] => {
    const name = replace ? replace(key) : key;
    return [
      name,
      byName && secretName.test(key) && inner !== null && typeof inner !== "boolean"
        ? redacted
        : walk(inner, replace, byName),
    ];
  });
  return Object.fromEntries(entries);
}
