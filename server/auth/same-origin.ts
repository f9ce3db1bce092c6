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

/**
 * Reads cost work too, and a script on another site could time them: a browser that says it came from there is refused. An older one
 * says it with `Origin`.
 */
export function refuseForeign(headers: Headers): void {
  const site = headers.get("sec-fetch-site");
  const origin = headers.get("origin");
  const isForeign =
    site === null ? origin !== null && !isOwnOrigin(origin) : site === "cross-site" || site === "same-site";
  if (isForeign) throw foreign();
}

/** A link that a person follows, in a mail or a chat, shows them what they may see, and the site it stood on nothing. */
export function refuseForeignScripts(headers: Headers): void {
  const isFollowed = headers.get("sec-fetch-mode") === "navigate" && headers.get("sec-fetch-dest") === "document";
  if (!isFollowed) refuseForeign(headers);
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
