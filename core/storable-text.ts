import type { Json } from "./json";

/** NUL and halves of a surrogate pair: what neither PostgreSQL's `text` nor its `jsonb` can hold. */
const unstorable = /\u0000|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
/** Cheaper, and rarely true: only then is it worth looking closer. */
const suspicious = /[\u0000\ud800-\udfff]/;

/**
 * The text as the database can keep it: half characters become U+FFFD, as every UTF-8 encoder writes them, and NUL is
 * left out. One text that breaks this rule makes the whole commit of a run fail, each time it is tried.
 */
export function storableText(text: string): string {
  return suspicious.test(text)
    ? text.replace(unstorable, (character) => (character === "\u0000" ? "" : "\ufffd"))
    : text;
}

/** The same for every text and every key of a value. The very same value when there is nothing to mend. */
export function storableJson(value: Json): Json {
  if (typeof value === "string") return storableText(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map(storableJson);
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  const entries = Object.entries(value).map(([key, member]): [string, Json] => [
    storableText(key),
    storableJson(member),
  ]);
  return entries.some(([key, member]) => value[key] !== member) ? Object.fromEntries(entries) : value;
}

/** The first `length` characters (UTF-16 units) of a text, never half of one: a cut emoji is left out whole. */
export function cutText(text: string, length: number): string {
  if (text.length <= length) return text;
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}
