const fallback = "/start";
/** Stands for whatever address the product has: an origin that no path can name by chance. */
const base = "http://holdpoint.invalid";

/** Where to go after signing in: a path of this site, otherwise where everybody begins. Never another site. */
export function safePath(next: string | undefined): string {
  if (next === undefined || !next.startsWith("/") || !URL.canParse(next, base)) return fallback;
  const url = new URL(next, base);
  if (url.origin !== base || url.pathname.startsWith("/sign-in")) return fallback;
  const path = url.pathname + url.search;
  // Read once more, as the browser will: `/..//host` is a path of ours until its dots are gone, and then leads away.
  return URL.canParse(path, base) && new URL(path, base).href === base + path ? path : fallback;
}
