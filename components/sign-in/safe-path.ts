/** Where to go after signing in: a path of this site, otherwise the inbox. Never another site. */
export function safePath(next: string | undefined): string {
  const fallback = "/inbox";
  if (next === undefined || !next.startsWith("/")) return fallback;
  const base = "http://holdpoint.invalid";
  if (!URL.canParse(next, base)) return fallback;
  const url = new URL(next, base);
  // `//host` and `/\host` start with a slash and still lead away.
  return url.origin === base && !url.pathname.startsWith("/sign-in") ? url.pathname + url.search : fallback;
}
