import { storableText } from "@/core/storable-text";

/** A secret as it is, and as it looks inside a URL, in base64 and in a quoted JSON string. */
export function writtenForms(secret: string): string[] {
  const base64 = Buffer.from(secret, "utf8").toString("base64");
  return [
    secret,
    encodeURIComponent(storableText(secret)),
    base64,
    base64.replace(/=+$/, ""),
    Buffer.from(secret, "utf8").toString("base64url"),
    JSON.stringify(secret).slice(1, -1),
  ];
}

/** A secret as a service turns it round to show it all the same: in hex, backwards, and inside a longer text in base64. */
export function disguisedForms(secret: string): string[] {
  const bytes = Buffer.from(secret, "utf8");
  const shifted = [0, 1, 2].flatMap((shift) => {
    const all = Buffer.concat([Buffer.alloc(shift), bytes]);
    // What stands at the edges depends on the neighbours as well.
    const [from, to] = [Math.ceil((shift * 8) / 6), Math.floor((all.length * 8) / 6)];
    return [all.toString("base64").slice(from, to), all.toString("base64url").slice(from, to)];
  });
  return [bytes.toString("hex"), Array.from(secret).reverse().join(""), ...shifted];
}

const wordCharacter = /[A-Za-z0-9_-]/;

/**
 * Hides every beginning of a secret that has at least `least` characters: a service that shows "sk_live_4eC39H…" shows most of it.
 * `alone`: only where it stands by itself, not as a part of a longer word.
 */
export function hideBeginnings(text: string, secret: string, least: number, mark: string, alone: boolean): string {
  const start = secret.slice(0, least);
  if (start.length < least) return text;
  let made = "";
  let at = 0;
  for (let found = text.indexOf(start); found >= 0; found = text.indexOf(start, at)) {
    let end = found + least;
    while (end - found < secret.length && text[end] === secret[end - found]) end += 1;
    const isPart = alone && (wordCharacter.test(text[found - 1] ?? "") || wordCharacter.test(text[end] ?? ""));
    made += text.slice(at, found) + (isPart ? text.slice(found, end) : mark);
    at = end;
  }
  return made + text.slice(at);
}
