import type { Method, Route } from "./route";

interface Node {
  fixed: Map<string, Node>;
  param: Node | null;
  routes: Map<string, { route: Route; names: string[] }>;
}

export type Match =
  | { kind: "route"; route: Route; params: Record<string, string> }
  | { kind: "wrong_method"; allowed: Method[] }
  | { kind: "none" };

export interface Router {
  routes: readonly Route[];
  match(method: string, pathname: string): Match;
}

/** Compiles the table into a tree of path segments once. Fixed segments win over parameters. */
export function createRouter(routes: readonly Route[]): Router {
  const root = emptyNode();
  for (const route of routes) insert(root, route);
  return { routes, match: (method, pathname) => match(root, method, pathname) };
}

function match(root: Node, method: string, pathname: string): Match {
  const segments = pathname.split("/").slice(1);
  if (segments.at(-1) === "") segments.pop();
  const values: string[] = [];
  const node = descend(root, segments, 0, values);
  if (!node) return { kind: "none" };
  const found = node.routes.get(method === "HEAD" ? "GET" : method);
  if (!found) return { kind: "wrong_method", allowed: [...node.routes.values()].map(({ route }) => route.method) };
  const params: Record<string, string> = {};
  for (const [index, name] of found.names.entries()) {
    const value = decode(values[index] ?? "");
    if (value === null) return { kind: "none" };
    params[name] = value;
  }
  return { kind: "route", route: found.route, params };
}

function descend(node: Node, segments: readonly string[], index: number, values: string[]): Node | null {
  const segment = segments[index];
  if (segment === undefined) return node.routes.size > 0 ? node : null;
  const fixed = node.fixed.get(segment);
  const viaFixed = fixed ? descend(fixed, segments, index + 1, values) : null;
  if (viaFixed) return viaFixed;
  if (!node.param || segment === "") return null;
  const before = values.length;
  values.push(segment);
  const viaParam = descend(node.param, segments, index + 1, values);
  if (!viaParam) values.length = before;
  return viaParam;
}

function insert(root: Node, route: Route): void {
  const names: string[] = [];
  let node = root;
  for (const segment of route.path.split("/").slice(1)) {
    const name = /^\{(\w+)\}$/.exec(segment)?.[1];
    if (name !== undefined) names.push(name);
    node = name === undefined ? fixedChild(node, segment) : (node.param ??= emptyNode());
  }
  if (node.routes.has(route.method)) throw new Error(`Two routes for ${route.method} ${route.path}`);
  node.routes.set(route.method, { route, names });
}

function fixedChild(node: Node, segment: string): Node {
  const child = node.fixed.get(segment) ?? emptyNode();
  node.fixed.set(segment, child);
  return child;
}

function emptyNode(): Node {
  return { fixed: new Map(), param: null, routes: new Map() };
}

/** Null for text that no id, slug or token can be: broken escapes, NUL (PostgreSQL refuses it), very long. */
function decode(segment: string): string | null {
  if (segment.length > 512) return null;
  try {
    const text = segment.includes("%") ? decodeURIComponent(segment) : segment;
    return text.includes("\0") ? null : text;
  } catch {
    return null;
  }
}
