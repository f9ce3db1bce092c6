import type { JsonObject } from "@/core/json";
import type { SpecEdge, SpecNode } from "@/core/workflow/document";
import { configShape, isCommonField, isIdleNull } from "@/core/workflow/node-fields";
import { sameJson } from "@/core/json-guard";
import { isConnected, restoringEdges, startingAt } from "./connection-operations";
import type { EditScope, EditSession } from "./edit-session";
import {
  calledNode,
  displace,
  edgesOf,
  findNode,
  linksOf,
  place,
  removeEdges,
  insertEdges,
  replaceNode,
  replaceScope,
  scopeAt,
} from "./edit-session";
import { changeFields } from "./field-changes";
import { handlesOf } from "./node-handles";
import { entryProblem, idsProblem, nodeProblem, wordTaken } from "./node-problem";
import type { FieldChange, Operation } from "./operation";
import type { OperationOf, Outcome } from "./outcome";
import { unknownContainer, unknownStep } from "./outcome";
import { edgesFrom, edgesTo } from "./scope-links";

const fixedFields: ReadonlySet<string> = new Set(["id", "type", "ui", "body", "x-source"]);
const emptyBody = { startNodeId: "", nodes: [], edges: [] };

export function addNode(session: EditSession, operation: OperationOf<"add_node">): Outcome {
  const { container } = operation;
  const scope = scopeAt(session, container);
  if (scope === null) return unknownContainer(container);
  const node = withoutUndefined(operation.node);
  const problem =
    idsProblem(session, node, operation.restored === true) ??
    nodeProblem(session, node, container, "with_body") ??
    (operation.restored === true ? null : entryProblem(session, node.type, Object.keys(node))) ??
    wordTaken(session, node.id, scope, container);
  if (problem !== null) return { reason: problem };
  // Connections may lead to a step that was not there; taking the step away again would take them too.
  const waiting = restoringEdges(session, touching(session, container, scope, node.id), container);
  insertNode(session, container, scope, node, operation.index);
  return {
    inverse: [
      { op: "remove_node", id: node.id },
      ...waiting,
      ...(scope.startNodeId === node.id ? [startingAt(node.id, container, false)] : []),
    ],
  };
}

export function removeNode(session: EditSession, { id, heal }: OperationOf<"remove_node">): Outcome {
  const container = session.places.get(id);
  const scope = container === undefined ? null : scopeAt(session, container);
  if (container === undefined || scope === null) return unknownStep(id);
  const index = scope.nodes.findIndex((node) => node.id === id);
  const node = scope.nodes[index];
  if (node === undefined) return unknownStep(id);
  const next = heal === true ? followerOf(session, container, node) : null;
  const removed = removeEdges(
    session,
    container,
    new Set(touching(session, container, scope, id).map(({ edge }) => edge)),
  );
  const healed = next === null ? [] : redirected(session, container, { id, next, removed });
  const back = restoringEdges(session, removed, container);
  insertEdges(session, container, healed);
  const start = scope.startNodeId === id;
  displace(session, node);
  replaceScope(session, container, {
    nodes: scope.nodes.toSpliced(index, 1),
    ...(start ? { startNodeId: next ?? "" } : {}),
  });
  return {
    inverse: [
      { op: "add_node", node, container, index, restored: true },
      ...healed.map((entry): Operation => ({ op: "disconnect", ...ends(entry.edge), index: entry.index })).reverse(),
      ...back,
      ...(start ? [startingAt(id, container, true)] : []),
    ],
  };
}

export function updateNode(session: EditSession, { id, changes }: OperationOf<"update_node">): Outcome {
  const node = findNode(session, id);
  const container = session.places.get(id);
  if (node === null || container === undefined) return unknownStep(id);
  const [refused] = changes.flatMap((change) => fieldProblem(session, node, change) ?? []);
  if (refused !== undefined) return { reason: refused };
  // Every field of a stored step is JSON; the type of a node leaves its own open.
  const changed = changeFields(
    node as JsonObject,
    changes.map((change) => withoutIdleNull(session, node, change)),
  );
  if (!changed.ok) return { reason: changed.reason };
  if (sameJson(changed.value, node)) return { inverse: [] };
  // The fields that make it a node cannot be changed.
  const next = changed.value as unknown as SpecNode;
  const gone = edgesWithoutHandle(session, container, { before: node, after: next, changes });
  const problem = nodeProblem(session, next, container, "without_body", gone);
  if (problem !== null) return { reason: problem };
  const back = restoringEdges(session, removeEdges(session, container, gone), container);
  replaceNode(session, next);
  return {
    inverse: [{ op: "update_node", id, changes: changed.undo }, ...back],
  };
}

/** The connections of a scope that begin or end at a step, with their positions. */
export function touching(
  session: EditSession,
  container: string | null,
  scope: EditScope,
  id: string,
): { edge: SpecEdge; index: number }[] {
  const links = linksOf(session, container);
  const edges = new Set([...edgesFrom(links, id), ...edgesTo(links, id)]);
  const found: { edge: SpecEdge; index: number }[] = [];
  for (let index = 0; found.length < edges.size && index < scope.edges.length; index += 1) {
    const edge = scope.edges[index];
    if (edge !== undefined && edges.has(edge)) found.push({ edge, index });
  }
  return found;
}

export function insertNode(
  session: EditSession,
  container: string | null,
  scope: EditScope,
  node: SpecNode,
  index: number | undefined,
): void {
  replaceScope(session, container, { nodes: scope.nodes.toSpliced(index ?? scope.nodes.length, 0, node) });
  place(session, [node], container);
}

/** The one step that the usual way out leads to. */
function followerOf(session: EditSession, container: string | null, node: SpecNode): string | null {
  const usual = session.definitions[node.type]?.implicitCase;
  const targets = new Set(
    edgesOf(session, container, node.id).flatMap((edge) => (edge.case === usual ? [edge.to] : [])),
  );
  const [only] = targets;
  return targets.size === 1 && only !== undefined && only !== node.id && session.places.get(only) === container
    ? only
    : null;
}

/** What led to the step leads to the next one, at the same place in the list. */
function redirected(
  session: EditSession,
  container: string | null,
  { id, next, removed }: { id: string; next: string; removed: readonly { edge: SpecEdge; index: number }[] },
): { edge: SpecEdge; index: number }[] {
  const seen = new Set<string>();
  let gone = 0;
  return removed.flatMap(({ edge, index }) => {
    const moved: SpecEdge = { ...edge, to: next };
    const key = `${moved.from}\n${moved.case}`;
    const keep = edge.to === id && edge.from !== id && edge.from !== next && !seen.has(key);
    if (!keep || isConnected(session, container, moved)) {
      gone += 1;
      return [];
    }
    seen.add(key);
    return [{ edge: moved, index: index - gone }];
  });
}

function ends({ from, to, case: handle }: SpecEdge): { from: string; case: string; to: string } {
  return { from, case: handle, to };
}

function fieldProblem(session: EditSession, node: SpecNode, { path, value }: FieldChange): string | null {
  const [field] = path;
  const definition = session.definitions[node.type];
  if (field === "body" && isEmptyBodyChange(node, path, value)) return null;
  // Only of a container is `body` its inside; a call has a setting of that name.
  if (typeof field !== "string" || (fixedFields.has(field) && !(field === "body" && definition?.body === undefined)))
    return `"${String(field)}" of a step is not changed like a setting.`;
  const entry = value === undefined ? null : entryProblem(session, node.type, [field]);
  if (entry !== null) return entry;
  if (isCommonField(field) || (definition !== undefined && Object.hasOwn(configShape(definition), field))) return null;
  // What the type does not know may still be taken away.
  if (value === undefined && !Object.hasOwn(node, field)) return null;
  return `${calledNode(node)} has no field "${field}".`;
}

/** A container that was imported without an inside gets one, and loses it again while it is empty. */
function isEmptyBodyChange(node: SpecNode, path: FieldChange["path"], value: FieldChange["value"]): boolean {
  if (path.length !== 1) return false;
  return value === undefined
    ? sameJson(node["body"], emptyBody)
    : node["body"] === undefined && sameJson(value, emptyBody);
}

/** Null means nothing to most fields; then the field goes away. */
function withoutIdleNull(session: EditSession, node: SpecNode, change: FieldChange): FieldChange {
  const [field] = change.path;
  if (change.value !== null || change.path.length > 1 || typeof field !== "string") return change;
  const definition = session.definitions[node.type];
  const own = definition === undefined ? undefined : configShape(definition)[field];
  return isCommonField(field) || isIdleNull(own, null) ? { path: change.path } : change;
}

/** Connections by ways out that the step had and has no more. None while its new settings cannot be read. */
function edgesWithoutHandle(
  session: EditSession,
  container: string | null,
  { before, after, changes }: { before: SpecNode; after: SpecNode; changes: readonly FieldChange[] },
): Set<SpecEdge> {
  const definition = session.definitions[after.type];
  const shape = definition === undefined ? {} : configShape(definition);
  const fields = [...new Set(changes.map(({ path }) => String(path[0])))].filter((field) =>
    Object.hasOwn(shape, field),
  );
  const readable = fields.every((field) => shape[field]?.safeParse(after[field]).success === true);
  if (fields.length === 0 || !readable) return new Set();
  const had = new Set(handlesOf(before, session.definitions).map(({ id }) => id));
  const has = new Set(handlesOf(after, session.definitions).map(({ id }) => id));
  return new Set(edgesOf(session, container, after.id).filter((edge) => had.has(edge.case) && !has.has(edge.case)));
}

/** What is undefined would not survive the way to the server. */
function withoutUndefined(node: SpecNode): SpecNode {
  const entries = Object.entries(node);
  if (entries.every(([, value]) => value !== undefined)) return node;
  return { ...Object.fromEntries(entries.filter(([, value]) => value !== undefined)), id: node.id, type: node.type };
}
