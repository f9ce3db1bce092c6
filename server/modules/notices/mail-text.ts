/** Where the body has the personal link. */
export const linkMark = "{link}";

const longestSubject = 150;

/** A reader's zone is not known, so the zone stands there. */
export function dateWords(at: number): string {
  const words = new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeStyle: "short", timeZone: "UTC" }).format(at);
  return `${words} UTC`;
}

export function oneLine(text: string): string {
  return harmless(text).replaceAll(/\s+/g, " ").trim();
}

/** What a run says is no place for the link. */
export function harmless(text: string): string {
  return text.replaceAll(linkMark, "link");
}

export function short(text: string): string {
  return text.length <= longestSubject ? text : `${text.slice(0, longestSubject - 1)}…`;
}
