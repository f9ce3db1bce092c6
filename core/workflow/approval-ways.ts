import type { Json, JsonObject } from "@/core/json";
import { isJsonObject, withoutKeys } from "@/core/json-guard";
import { isBareName, readsOfConfig } from "./node-reads";
import type { IndexedNode, IndexedScope, SpecIndex } from "./spec-index";

/** How a step is written and drawn changes nothing of what it asks. */
const asideKeys: ReadonlySet<string> = new Set(["name", "note", "ui", "x-source"]);
/** A loop's own settings: which items there are, not how many at a time. Its body is looked at step by step. */
const asideOfLoops: ReadonlySet<string> = new Set([...asideKeys, "body", "concurrency"]);

/** All that decides whether an approval is asked, and of whom. */
export interface ApprovalWays {
  /** Steps that choose the way to it, loops around it, and steps whose outputs these and the approval itself read. */
  nodes: ReadonlyMap<string, unknown>;
  /** From each choice, the next one on the way to it: `["limit", "true", "ask"]`. */
  ways: ReadonlySet<string>;
  /** The choices on the way, by scope. */
  choices: readonly { node: IndexedNode; handle: string }[];
  /** Names of the variables that are read; null where it may be any. */
  variables: ReadonlySet<string> | null;
  /** Fields of the input that are read; null where it may be any. */
  fields: ReadonlySet<string> | null;
}

/** Outermost first: what leads to the approval, or to the loop that it is in. */
interface Level {
  target: IndexedNode;
  before: ReadonlySet<string>;
}

export function approvalWays(index: SpecIndex, approval: IndexedNode): ApprovalWays {
  const levels = levelsOf(approval);
  const deciding = levels.flatMap(({ target, before }) => [
    ...target.scope.nodes.filter((node) => before.has(node.node.id) && mayChoose(node)),
    target,
  ]);
  const read = followReads(index);
  for (const node of deciding)
    read.add(node, { withBody: node.definition?.body !== undefined && !isAround(node, approval) });
  return {
    nodes: read.nodes,
    ways: new Set(levels.flatMap(waysIn)),
    choices: deciding.flatMap((node) =>
      node.node.id === approval.node.id ? [] : [...node.outgoing.keys()].map((handle) => ({ node, handle })),
    ),
    variables: read.variables,
    fields: read.fields,
  };
}

/** What of a step counts when two versions of it are compared. */
export function contentOf({ node }: Pick<IndexedNode, "node">): JsonObject {
  // Imported from JSON and so JSON; its type only leaves fields open.
  return plainContent(node as unknown as JsonObject, asideKeys);
}

function plainContent(node: JsonObject, aside: ReadonlySet<string>): JsonObject {
  const content = withoutKeys(node, aside);
  const { body } = content;
  if (!isJsonObject(body)) return content;
  const nodes = Array.isArray(body["nodes"]) ? body["nodes"] : [];
  const edges = Array.isArray(body["edges"]) ? body["edges"] : [];
  return {
    ...content,
    body: {
      startNodeId: body["startNodeId"] ?? null,
      // In an order of their own: where a step stands in the list says nothing.
      nodes: Object.fromEntries(
        nodes.flatMap((inner) =>
          isJsonObject(inner) ? [[JSON.stringify(inner["id"] ?? null), plainContent(inner, asideKeys)]] : [],
        ),
      ),
      edges: edges
        .flatMap((edge) => (isJsonObject(edge) ? [JSON.stringify([edge["from"], edge["case"], edge["to"]])] : []))
        .toSorted(),
    },
  };
}

/** Which steps there are and what leads where. */
export function drawingOf(index: SpecIndex): Json {
  const nodes = [...index.nodes.values()].map(({ node, scope }) =>
    JSON.stringify([node.id, node.type, node.join ?? "all", placeOf(scope)]),
  );
  const edges = index.scopes.flatMap((scope) => [
    JSON.stringify([placeOf(scope), scope.startNodeId]),
    ...scope.edges.map(({ from, to, case: handle }) => JSON.stringify([from, handle, to])),
  ]);
  return [nodes.toSorted(), edges.toSorted()];
}

function isAround(node: IndexedNode, approval: IndexedNode): boolean {
  for (let at = approval.scope.container; at !== null; at = at.scope.container) if (at === node) return true;
  return false;
}

function levelsOf(approval: IndexedNode): Level[] {
  const levels: Level[] = [];
  for (let target: IndexedNode | null = approval; target !== null; target = target.scope.container)
    levels.unshift({ target, before: leadingTo(target) });
  return levels;
}

/** The steps of its own part that a run may have passed when it comes to this one. */
function leadingTo({ node, scope }: IndexedNode): ReadonlySet<string> {
  const before = new Map<string, string[]>();
  for (const { from, to } of scope.edges) before.set(to, [...(before.get(to) ?? []), from]);
  const found = new Set<string>();
  const queue = [node.id];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    for (const from of before.get(id) ?? []) {
      if (found.has(from)) continue;
      found.add(from);
      queue.push(from);
    }
  }
  found.delete(node.id);
  return found;
}

/** Whether a run may leave a step on more than one way, as far as it goes on there at all. */
function mayChoose({ handles, outgoing }: IndexedNode): boolean {
  if (handles === null) return true;
  const ways = handles.filter(
    ({ id, failsUnconnected }) => outgoing.has(id) || (id !== "error" && failsUnconnected !== true),
  );
  return ways.length > 1;
}

/** The way to the target as it goes from choice to choice; steps in between that only go on are left out. */
function waysIn({ target, before }: Level): string[] {
  const { scope, node } = target;
  const onward = (from: string, handle: string, first: readonly string[]): string[] => {
    const reached = new Set(first);
    // A set that grows while it is walked: each step is looked at once.
    for (const id of reached) {
      const at = scope.byId.get(id);
      if (!at || id === node.id || !before.has(id) || mayChoose(at)) continue;
      for (const edges of at.outgoing.values()) for (const { to } of edges) reached.add(to);
    }
    return [...reached].flatMap((id) => {
      const at = scope.byId.get(id);
      const counts = id === node.id || (before.has(id) && at !== undefined && mayChoose(at));
      return counts ? [JSON.stringify([placeOf(scope), from, handle, id])] : [];
    });
  };
  return [
    ...onward("", "start", [scope.startNodeId]),
    ...scope.nodes
      .filter((at) => before.has(at.node.id) && mayChoose(at))
      .flatMap((at) =>
        [...at.outgoing].flatMap(([handle, edges]) =>
          onward(
            at.node.id,
            handle,
            edges.map(({ to }) => to),
          ),
        ),
      ),
  ];
}

function placeOf(scope: IndexedScope): string {
  return scope.container?.node.id ?? "";
}

interface Reads {
  nodes: Map<string, unknown>;
  variables: Set<string> | null;
  fields: Set<string> | null;
  add(node: IndexedNode, options: { withBody: boolean }): void;
}

/** Follows what steps read to all that it comes from. */
function followReads(index: SpecIndex): Reads {
  const whole = new Set<string>();
  const found: Reads = { nodes: new Map(), variables: new Set(), fields: new Set(), add };

  function add(node: IndexedNode, { withBody }: { withBody: boolean }): void {
    const { id } = node.node;
    if (whole.has(id) || (!withBody && found.nodes.has(id))) return;
    if (withBody) whole.add(id);
    const isLoop = node.definition?.body !== undefined;
    // Imported from JSON and so JSON.
    const own = isLoop ? plainContent(node.node as unknown as JsonObject, asideOfLoops) : contentOf(node);
    found.nodes.set(id, isLoop && withBody ? { own, body: contentOf(node)["body"] } : own);
    for (const path of readsOf(node)) follow(path);
    if (!isLoop || !withBody) return;
    for (const inner of index.scopes.find(({ container }) => container === node)?.nodes ?? [])
      add(inner, { withBody: true });
  }

  function follow([root = "", name, ...rest]: readonly string[]): void {
    if (root === "vars") readVariable(name);
    else if (root === "input" || root === "trigger") readField(name);
    else if (root === "step") readStep(name, rest);
    else if (isBareName(root)) {
      readVariable(root);
      readField(root);
    }
  }

  function readVariable(name: string | undefined): void {
    if (name === undefined) found.variables = null;
    else found.variables?.add(name);
  }

  function readField(name: string | undefined): void {
    if (name === undefined) found.fields = null;
    else found.fields?.add(name);
  }

  function readStep(id: string | undefined, [part, field]: readonly string[]): void {
    const named = id === undefined ? [...index.nodes.values()] : [index.nodes.get(id)];
    for (const node of named) {
      if (!node) continue;
      // What the start gives is the input itself.
      if (node.definition?.entry === true && part !== "status") readField(field);
      else add(node, { withBody: true });
    }
  }

  return found;
}

/** Many approvals have the same steps before them: each is read once. Documents are never changed in place. */
const known = new WeakMap<IndexedNode, string[][]>();

function readsOf(node: IndexedNode): string[][] {
  const { definition, config } = node;
  const reads = known.get(node) ?? (definition && config !== undefined ? readsOfConfig(definition, config) : []);
  known.set(node, reads);
  return reads;
}
