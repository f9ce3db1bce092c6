import { AppError } from "@/core/errors";
import { env } from "@/server/env";

/**
 * Writes that a cookie vouches for must come from our own pages. `Sec-Fetch-Site` cannot be set by a page; browsers without
 * it send `Origin` with every write. A request with neither is no browser of ours.
 */
export function requireSameOrigin(headers: Headers): void {
  const site = headers.get("sec-fetch-site");
  const origin = headers.get("origin");
  const isOwn = site !== null ? site === "same-origin" : origin !== null && isOwnOrigin(origin);
  if (!isOwn) throw foreign();
}

/** Reads cost work too: a link on another site carries the cookie with it, so a browser that says it came from there is refused. */
export function refuseForeign(headers: Headers): void {
  const site = headers.get("sec-fetch-site");
  if (site === "cross-site" || site === "same-site") throw foreign();
}

function foreign(): AppError {
  return new AppError(
    "forbidden",
    "This request came from another site. Do it in Holdpoint itself, or use an API key.",
  );
}

/** What a `Host` header says is no proof: a page whose name leads to this machine sends its own. */
function isOwnOrigin(origin: string): boolean {
  return URL.canParse(origin) && new URL(origin).origin === new URL(env().HOLDPOINT_BASE_URL).origin;
}
