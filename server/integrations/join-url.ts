/** Parameters by name; a list repeats its parameter. */
export type Query = Record<string, string | string[]>;

export type JoinedUrl = { ok: true; url: string } | { ok: false; message: string };

/**
 * `base` + `path` + `query`. The result always stays below the base URL: a path can name neither another host
 * (`//evil.example`, `https://…`, `\\evil`) nor climb out of the base path (`..`, also encoded).
 */
export function joinUrl(base: string, path: string, query: Query = {}): JoinedUrl {
  if (!URL.canParse(base))
    return refuse("The connection's base URL cannot be read. Correct the base URL of the connection.");
  const root = new URL(base);
  const [beforeFragment = ""] = path.split("#");
  const [pathname = "", ...search] = beforeFragment.split("?");
  if (/^[a-z][a-z0-9+.-]*:/i.test(pathname))
    return refuse(
      "The path is a whole URL. Give only the part after the connection's base URL, for example /v1/orders.",
    );
  if (pathname.startsWith("//") || pathname.includes("\\") || /[\u0000-\u0020\u007f]/.test(pathname)) {
    return refuse(
      `The path "${pathname}" could lead to another host. Start it with one slash and leave out backslashes and spaces.`,
    );
  }
  const problem = pathProblem(pathname);
  if (problem !== null) return refuse(problem);
  const rootPath = root.pathname.replace(/\/+$/, "");
  const url = new URL(root.origin);
  url.pathname = pathname === "" ? root.pathname : `${rootPath}/${pathname.replace(/^\//, "")}`;
  url.search = joinQuery([root.search.slice(1), search.join("?")], query);
  if (!isBelow(url, root)) return refuse("The path leads out of the connection's base URL.");
  return { ok: true, url: url.href };
}

/** What was written stays as it was written (`$filter=a,b`); what is given by name is encoded and comes after it. */
export function joinQuery(written: readonly string[], query: Query): string {
  const given = new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) => [value].flat().map((each) => [name, each])),
  );
  return [...written, given.toString()].filter((part) => part !== "").join("&");
}

/**
 * Why a path may lead to another folder: "." and ".." segments, also as servers read them that decode slashes first, decode
 * twice, or cut a segment at its semicolon. Null: it cannot. An encoded slash inside a value is no such way.
 */
export function pathProblem(pathname: string): string | null {
  const asRead = pathname
    .replace(/%(?:25)+/g, "%")
    .replace(/%2f|%5c|\\/gi, "/")
    .replace(/%3b/gi, ";")
    .replace(/%2e/gi, ".");
  if (!asRead.split("/").some((segment) => /^\.{1,2}(?:;|$)/.test(segment))) return null;
  return `The path "${pathname.slice(0, 200)}" contains "." or ".." segments, or what some services take for them. Write the full path.`;
}

/** Whether an address is the base address or stands below it. */
export function isBelow(url: URL, base: URL): boolean {
  const basePath = base.pathname.replace(/\/+$/, "");
  return url.origin === base.origin && (url.pathname === basePath || url.pathname.startsWith(`${basePath}/`));
}

function refuse(message: string): JoinedUrl {
  return { ok: false, message };
}
