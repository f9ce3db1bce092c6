import type { Spec, SpecEdge, SpecNode } from "@/core/workflow/document";
import { isJsonObject } from "@/core/json-guard";
import type { EdgeSource } from "@/core/workflow/source-record";
import { edgeSource, readSource } from "@/core/workflow/source-record";
import type { StepDefinitions } from "@/core/workflow/step-definition";
import type { TriggerDefinitions } from "@/core/workflow/trigger-definition";
import { isContainerType } from "./node-handles";
import type { EditableDocument } from "./operation";
import type { ScopeLinks } from "./scope-links";
import { edgesFrom, isCircular, link, linkAll, unlink } from "./scope-links";

/** The steps and connections of the workflow itself or of one body. */
export type EditScope = Pick<Spec, "startNodeId" | "nodes" | "edges" | "x-source">;

/**
 * A document while a batch is carried out: the document itself is replaced, never changed, and what is needed to find things
 * in it is kept up to date beside it, so that a batch of thousands costs no more than its own size.
 */
export interface EditSession {
  document: EditableDocument;
  readonly definitions: StepDefinitions;
  readonly triggers: TriggerDefinitions;
  /** The container that a step is in (null: the workflow itself), by the step's id. */
  places: Map<string, string | null>;
  /** Made when first needed. */
  links: Map<string | null, ScopeLinks>;
  /** Whether a scope went in circles before anything was taken away; looked at when something first is. */
  circular: Map<string | null, boolean>;
}

/** @param triggers may be left out where steps alone are looked at: then no trigger can be put */
export function openSession(
  document: EditableDocument,
  definitions: StepDefinitions,
  triggers: TriggerDefinitions = {},
): EditSession {
  const session: EditSession = {
    document,
    definitions,
    triggers,
    places: new Map(),
    links: new Map(),
    circular: new Map(),
  };
  place(session, document.spec.nodes, null);
  return session;
}

/** After the whole document was replaced. */
export function reopen(session: EditSession, document: EditableDocument): void {
  session.document = document;
  session.places = new Map();
  session.links = new Map();
  session.circular = new Map();
  place(session, document.spec.nodes, null);
}

/** The inside of a container; null when there is none. */
export function bodyOf(node: SpecNode, definitions: StepDefinitions): EditScope | null {
  if (!isContainerType(node.type, definitions)) return null;
  const { body } = node;
  const whole = isJsonObject(body) && Array.isArray(body["nodes"]) && Array.isArray(body["edges"]);
  // The importer writes bodies in this form; the type of a node leaves its own fields open.
  return whole ? (body as unknown as EditScope) : null;
}

/** Null when no such step has an inside. */
export function scopeAt(session: EditSession, container: string | null): EditScope | null {
  if (container === null) return session.document.spec;
  const node = findNode(session, container);
  return node === null ? null : bodyOf(node, session.definitions);
}

export function findNode(session: EditSession, id: string): SpecNode | null {
  const container = session.places.get(id);
  if (container === undefined) return null;
  return scopeAt(session, container)?.nodes.find((node) => node.id === id) ?? null;
}

export function linksOf(session: EditSession, container: string | null): ScopeLinks {
  const known = session.links.get(container);
  if (known !== undefined) return known;
  const links = linkAll(scopeAt(session, container)?.edges ?? []);
  session.links.set(container, links);
  return links;
}

/** The connections that leave a step. */
export function edgesOf(session: EditSession, container: string | null, id: string): readonly SpecEdge[] {
  return [...edgesFrom(linksOf(session, container), id)];
}

/** How many bodies a scope is inside of. */
export function depthOf(session: EditSession, container: string | null): number {
  let depth = 0;
  for (let at = container; at !== null; at = session.places.get(at) ?? null) depth += 1;
  return depth;
}

/** Puts a changed step in the place of the one with its id. */
export function replaceNode(session: EditSession, node: SpecNode): void {
  const container = session.places.get(node.id) ?? null;
  const scope = scopeAt(session, container);
  const position = scope?.nodes.findIndex(({ id }) => id === node.id) ?? -1;
  if (scope === null || position < 0) return;
  replaceScope(session, container, { nodes: scope.nodes.with(position, node) });
}

export function replaceScope(session: EditSession, container: string | null, parts: Partial<EditScope>): void {
  if (container === null) {
    session.document = { ...session.document, spec: { ...session.document.spec, ...parts } };
    return;
  }
  const node = findNode(session, container);
  const body = node === null ? null : bodyOf(node, session.definitions);
  if (node === null || body === null) return;
  replaceNode(session, { ...node, body: { ...body, ...parts } });
}

/** Edges go to the given positions of the list as it will be, so positions must ascend; without one, to the end. */
export function insertEdges(
  session: EditSession,
  container: string | null,
  added: readonly { edge: SpecEdge; index?: number | undefined }[],
): void {
  const scope = scopeAt(session, container);
  if (scope === null || added.length === 0) return;
  const links = linksOf(session, container);
  const edges = [...scope.edges];
  for (const { edge, index } of added) {
    edges.splice(index ?? edges.length, 0, edge);
    link(links, edge);
  }
  replaceScope(session, container, { edges });
}

/** What was taken away, with the positions they had. */
export function removeEdges(
  session: EditSession,
  container: string | null,
  gone: ReadonlySet<SpecEdge>,
): { edge: SpecEdge; index: number }[] {
  const scope = scopeAt(session, container);
  if (scope === null || gone.size === 0) return [];
  const links = linksOf(session, container);
  if (!session.circular.has(container)) session.circular.set(container, isCircular(links));
  const removed: { edge: SpecEdge; index: number }[] = [];
  const edges = scope.edges.filter((edge, index) => {
    if (!gone.has(edge)) return true;
    removed.push({ edge, index });
    return false;
  });
  for (const { edge } of removed) unlink(links, edge);
  replaceScope(session, container, { edges });
  return removed;
}

/** Notes where the steps are, those inside of them included. */
export function place(session: EditSession, nodes: readonly SpecNode[], container: string | null): void {
  for (const node of nodes) {
    session.places.set(node.id, container);
    const body = bodyOf(node, session.definitions);
    if (body !== null) place(session, body.nodes, node.id);
  }
}

/** Forgets a step and those inside of it. */
export function displace(session: EditSession, node: SpecNode): void {
  session.places.delete(node.id);
  session.links.delete(node.id);
  session.circular.delete(node.id);
  for (const inner of bodyOf(node, session.definitions)?.nodes ?? []) displace(session, inner);
}

/** Every id in a step: its own and those of the steps inside. */
export function idsIn(node: SpecNode, definitions: StepDefinitions): string[] {
  return [node.id, ...(bodyOf(node, definitions)?.nodes ?? []).flatMap((inner) => idsIn(inner, definitions))];
}

/** What a step is called in sentences. */
export function calledNode(node: Pick<SpecNode, "id" | "name">): string {
  return `"${node.name ?? node.id}"`;
}

/** How a connection was spelled, where it came in another spelling. */
export function spellingOf(edge: SpecEdge): EdgeSource | undefined {
  return edge["x-source"] === undefined ? undefined : (readSource(edgeSource, edge["x-source"]) ?? undefined);
}
