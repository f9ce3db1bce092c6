export interface Hop {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string | Uint8Array<ArrayBuffer> | undefined;
}

const redirectStatuses = new Set([301, 302, 303, 307, 308]);
const usualCredentials = ["authorization", "proxy-authorization", "cookie"];
const bodyHeaders = ["content-type", "content-length", "content-encoding"];

/**
 * The request that a redirect asks for, or null when it is an answer to keep: no redirect, no readable location, or a
 * step down from https to http. Credentials stay with the origin they were meant for.
 */
export function nextHop(
  hop: Hop,
  from: URL,
  status: number,
  responseHeaders: Record<string, string>,
  credentialHeaders: readonly string[] = [],
): Hop | null {
  const location = responseHeaders["location"];
  if (!redirectStatuses.has(status) || location === undefined || !URL.canParse(location, from)) return null;
  const to = new URL(location, from);
  if (from.protocol === "https:" && to.protocol !== "https:") return null;
  const becomesGet =
    (status === 303 && hop.method !== "HEAD") || ((status === 301 || status === 302) && hop.method === "POST");
  const dropped = new Set([
    ...(to.origin === from.origin ? [] : [...usualCredentials, ...credentialHeaders]),
    ...(becomesGet ? bodyHeaders : []),
  ]);
  const headers = Object.fromEntries(Object.entries(hop.headers).filter(([name]) => !dropped.has(name.toLowerCase())));
  return { method: becomesGet ? "GET" : hop.method, url: to.href, headers, body: becomesGet ? undefined : hop.body };
}
