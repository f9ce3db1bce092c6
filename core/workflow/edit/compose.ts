import type { JsonObject } from "@/core/json";
import type { SpecNode } from "@/core/workflow/document";
import { isJsonObject } from "@/core/json-guard";
import type { StepDefinitions } from "@/core/workflow/step-definition";
import type { EditScope, EditSession } from "./edit-session";
import { openSession, scopeAt } from "./edit-session";
import { innerId } from "./new-node-id";
import { handlesOf } from "./node-handles";
import type { EditableDocument, FieldChange, Operation } from "./operation";

export { copyFragment, duplicate, pasteFragment } from "./fragment";
export { newNodeId } from "./new-node-id";

/** A connection by its ends. */
export interface EdgeEnds {
  from: string;
  case: string;
  to: string;
}

/** A new step, as complete as it can be without knowing what it is for; validation names what is missing. */
export function starterNode(type: string, definitions: StepDefinitions, id: string): SpecNode {
  const starter = Object.hasOwn(definitions, type) ? (definitions[type]?.starter ?? {}) : {};
  const { body, ...fields } = starter;
  return { id, type, ...structuredClone(fields), ...(isJsonObject(body) ? { body: starterBody(body, id) } : {}) };
}

/** A new step behind a way out. What followed there follows the new step, where that is a single step. */
export function addAfter(
  document: EditableDocument,
  place: Pick<EdgeEnds, "from" | "case">,
  node: SpecNode,
  definitions: StepDefinitions,
): Operation[] {
  const { session, scope, container } = whereIs(document, place.from, definitions);
  const followers = scope.edges.filter((edge) => edge.from === place.from && edge.case === place.case);
  const [follower] = followers;
  if (follower !== undefined && followers.length === 1 && usualHandle(node, definitions) !== null)
    return insertOnEdge(document, follower, node, definitions);
  const add = adding(session, node, container, place.from);
  if (follower !== undefined && usualHandle(node, definitions) === null) return [add];
  return [add, { op: "connect", from: place.from, case: place.case, to: node.id }];
}

/** A new step between two that are connected. */
export function insertOnEdge(
  document: EditableDocument,
  { from, case: handle, to }: EdgeEnds,
  node: SpecNode,
  definitions: StepDefinitions,
): Operation[] {
  const { session, scope, container } = whereIs(document, from, definitions);
  const index = scope.edges.findIndex((edge) => edge.from === from && edge.case === handle && edge.to === to);
  const onward = usualHandle(node, definitions);
  return [
    adding(session, node, container, from),
    { op: "disconnect", from, case: handle, to },
    { op: "connect", from, case: handle, to: node.id, ...(index < 0 ? {} : { index }) },
    ...(onward === null
      ? []
      : [{ op: "connect" as const, from: node.id, case: onward, to, ...(index < 0 ? {} : { index: index + 1 }) }]),
  ];
}

/** Steps and connections away; what led to a step leads to what followed it. */
export function removeAll(
  document: EditableDocument,
  ids: Iterable<string>,
  edges: Iterable<EdgeEnds>,
  definitions: StepDefinitions,
): Operation[] {
  const session = openSession(document, definitions);
  const chosen = new Set(ids);
  return [
    ...[...edges].map(({ from, case: handle, to }): Operation => ({ op: "disconnect", from, case: handle, to })),
    // What is inside a step that goes away goes with it.
    ...[...chosen]
      .filter((id) => session.places.has(id) && !isInsideOf(session, id, chosen))
      .map((id): Operation => ({ op: "remove_node", id, heal: true })),
  ];
}

export function setDisabled(document: EditableDocument, ids: Iterable<string>, on: boolean): Operation[] {
  const nodes = new Map<string, SpecNode>();
  collect(document.spec.nodes, nodes);
  return [...new Set(ids)].flatMap((id): Operation[] => {
    const node = nodes.get(id);
    if (node === undefined || (node.disabled === true) === on) return [];
    return [{ op: "update_node", id, changes: [on ? { path: ["disabled"], value: true } : { path: ["disabled"] }] }];
  });
}

/** The same connection with another step at one of its ends. */
export function reconnect(document: EditableDocument, edge: EdgeEnds, to: string | Partial<EdgeEnds>): Operation[] {
  const wanted = { ...edge, ...(typeof to === "string" ? { to } : to) };
  if (wanted.from === edge.from && wanted.case === edge.case && wanted.to === edge.to) return [];
  const index = document.spec.edges.findIndex(
    ({ from, case: handle, to: target }) => from === edge.from && handle === edge.case && target === edge.to,
  );
  return [
    { op: "disconnect", from: edge.from, case: edge.case, to: edge.to },
    { op: "connect", from: wanted.from, case: wanted.case, to: wanted.to, ...(index < 0 ? {} : { index }) },
  ];
}

/** Changes a step whose ways out get other names by it (a case is renamed): what was connected stays connected. */
export function changeHandles(
  document: EditableDocument,
  id: string,
  changes: FieldChange[],
  renamed: ReadonlyMap<string, string>,
  definitions: StepDefinitions,
): Operation[] {
  const { scope } = whereIs(document, id, definitions);
  const moved = scope.edges.flatMap((edge, index) => {
    const handle = edge.from === id ? renamed.get(edge.case) : undefined;
    return handle === undefined || handle === edge.case ? [] : [{ edge, index, handle }];
  });
  return [
    ...moved.map(({ edge }): Operation => ({ op: "disconnect", from: id, case: edge.case, to: edge.to })),
    { op: "update_node", id, changes },
    ...moved.map(({ edge, index, handle }): Operation => ({
      op: "connect",
      from: id,
      case: handle,
      to: edge.to,
      index,
    })),
  ];
}

/** The way out that what follows is connected to: the usual one, else the one that must lead somewhere, else the first. */
export function usualHandle(node: SpecNode, definitions: StepDefinitions): string | null {
  const usual = Object.hasOwn(definitions, node.type) ? definitions[node.type]?.implicitCase : undefined;
  if (usual !== undefined) return usual;
  const handles = handlesOf(node, definitions).filter(({ id }) => id !== "error");
  return (handles.find(({ required }) => required === true) ?? handles[0])?.id ?? null;
}

function starterBody(body: JsonObject, id: string): JsonObject {
  const nodes = Array.isArray(body["nodes"]) ? body["nodes"] : [];
  const own = (inner: unknown): string => innerId(id, String(inner));
  return {
    ...structuredClone(body),
    startNodeId: own(body["startNodeId"]),
    nodes: nodes.map((node) => (isJsonObject(node) ? { ...structuredClone(node), id: own(node["id"]) } : node)),
  };
}

function adding(session: EditSession, node: SpecNode, container: string | null, after: string): Operation {
  const position = scopeAt(session, container)?.nodes.findIndex(({ id }) => id === after) ?? -1;
  return { op: "add_node", node, container, ...(position < 0 ? {} : { index: position + 1 }) };
}

function whereIs(
  document: EditableDocument,
  id: string,
  definitions: StepDefinitions,
): { session: EditSession; scope: EditScope; container: string | null } {
  const session = openSession(document, definitions);
  const container = session.places.get(id) ?? null;
  return { session, container, scope: scopeAt(session, container) ?? document.spec };
}

function isInsideOf(session: EditSession, id: string, chosen: ReadonlySet<string>): boolean {
  for (let at = session.places.get(id) ?? null; at !== null; at = session.places.get(at) ?? null)
    if (chosen.has(at)) return true;
  return false;
}

function collect(nodes: readonly SpecNode[], into: Map<string, SpecNode>): void {
  for (const node of nodes) {
    into.set(node.id, node);
    const { body } = node;
    // Bodies were written by the importer; the type of a node leaves its own fields open.
    if (isJsonObject(body) && Array.isArray(body["nodes"])) collect(body["nodes"] as unknown as SpecNode[], into);
  }
}
