import type { HttpRequest } from "@/core/ports";
import { isBelow, joinQuery, joinUrl, pathProblem } from "./join-url";

type Target =
  | { ok: true; url: string }
  | { ok: false; code: "invalid_path" | "path_not_on_connection"; message: string };

/**
 * The address of a call: always on the connection, because its credentials go along and its name stands on the step. The
 * generic connector may be given a whole URL below the base URL, such as the link to a next page.
 */
export function targetUrl(
  connection: { connector: string; baseUrl: string; slug: string },
  request: Pick<HttpRequest, "path" | "query">,
): Target {
  if (connection.connector === "http" && /^https?:\/\//i.test(request.path)) return wholeUrl(connection, request);
  const joined = joinUrl(connection.baseUrl, request.path, request.query);
  return joined.ok ? joined : { ...joined, code: "invalid_path" };
}

function wholeUrl(
  { baseUrl, slug }: { baseUrl: string; slug: string },
  { path, query = {} }: Pick<HttpRequest, "path" | "query">,
): Target {
  if (!URL.canParse(path))
    return {
      ok: false,
      code: "invalid_path",
      message: "The URL cannot be read. Write it with scheme and host, for example https://api.example.com/v1.",
    };
  const url = new URL(path);
  const home = URL.canParse(baseUrl) ? new URL(baseUrl).origin : null;
  if (url.origin !== home)
    return {
      ok: false,
      code: "path_not_on_connection",
      message: `The path is an address on ${url.host}, but "${slug}" is a connection to another host, so nothing was sent. Write the part after the connection's base URL, or add a connection for ${url.host}.`,
    };
  const problem = pathProblem(/^https?:\/\/[^/?#]*([^?#]*)/i.exec(path)?.[1] ?? "");
  if (problem !== null) return { ok: false, code: "invalid_path", message: problem };
  if (!isBelow(url, new URL(baseUrl)))
    return {
      ok: false,
      code: "path_not_on_connection",
      message: `The path is an address beside the base URL of "${slug}", whose credentials are for what stands below it, so nothing was sent. Add a connection for that address.`,
    };
  url.hash = "";
  url.search = joinQuery([url.search.slice(1)], query);
  return { ok: true, url: url.href };
}
