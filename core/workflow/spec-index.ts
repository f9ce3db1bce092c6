import type { z } from "zod";
import type { Spec, SpecEdge, SpecNode } from "./document";
import { parseNodeConfig } from "./node-fields";
import type { AnyStepDefinition, Handle, StepDefinitions } from "./step-definition";

/** A document laid out for looking things up: every node with its definition, config and place. */
export interface SpecIndex {
  spec: Spec;
  /** The document first, then each body in the order it is found. */
  scopes: readonly IndexedScope[];
  /** Every node, bodies included. The first one wins where an id is used twice. */
  nodes: ReadonlyMap<string, IndexedNode>;
}

export interface IndexedScope {
  /** The container whose body this is; null for the document. */
  container: IndexedNode | null;
  /** Prefix of paths: empty, or e.g. `nodes[2].body.`. */
  path: string;
  startNodeId: string;
  nodes: readonly IndexedNode[];
  byId: ReadonlyMap<string, IndexedNode>;
  edges: readonly SpecEdge[];
}

export interface IndexedNode {
  node: SpecNode;
  path: string;
  scope: IndexedScope;
  /** Null for a type that nobody knows. */
  definition: AnyStepDefinition | null;
  /** The parsed config; undefined when it is not what the type asks for. */
  config: unknown;
  configError: z.ZodError | null;
  /** Ways out, `error` included; null when the config does not tell. */
  handles: readonly Handle[] | null;
  /** Edges by the handle they leave from. */
  outgoing: ReadonlyMap<string, readonly SpecEdge[]>;
}

const errorHandle: Handle = { id: "error", label: "If it fails" };

export function indexSpec(spec: Spec, definitions: StepDefinitions): SpecIndex {
  const scopes: IndexedScope[] = [];
  const nodes = new Map<string, IndexedNode>();
  const open: { container: IndexedNode | null; path: string; body: Pick<Spec, "startNodeId" | "nodes" | "edges"> }[] = [
    { container: null, path: "", body: spec },
  ];
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    const scope = indexScope(next, definitions);
    scopes.push(scope);
    for (const indexed of scope.nodes) {
      if (!nodes.has(indexed.node.id)) nodes.set(indexed.node.id, indexed);
      const body = indexed.config === undefined ? undefined : indexed.definition?.body?.(indexed.config);
      if (body !== undefined) open.push({ container: indexed, path: `${indexed.path}.body.`, body });
    }
  }
  return { spec, scopes, nodes };
}

/** Every way out of a node, the error path included. */
export function nodeHandles(definition: AnyStepDefinition, config: unknown): Handle[] {
  const handles = definition.handles(config);
  return definition.canFail === false || handles.some(({ id }) => id === "error") ? handles : [...handles, errorHandle];
}

function indexScope(
  {
    container,
    path,
    body,
  }: { container: IndexedNode | null; path: string; body: Pick<Spec, "startNodeId" | "nodes" | "edges"> },
  definitions: StepDefinitions,
): IndexedScope {
  const outgoing = new Map<string, Map<string, SpecEdge[]>>();
  for (const edge of body.edges) {
    const byHandle = outgoing.get(edge.from) ?? new Map<string, SpecEdge[]>();
    outgoing.set(edge.from, byHandle);
    const edges = byHandle.get(edge.case) ?? [];
    byHandle.set(edge.case, edges);
    edges.push(edge);
  }
  const nodes: IndexedNode[] = [];
  const byId = new Map<string, IndexedNode>();
  const scope: IndexedScope = { container, path, startNodeId: body.startNodeId, nodes, byId, edges: body.edges };
  for (const [index, node] of body.nodes.entries()) {
    const indexed: IndexedNode = {
      node,
      path: `${path}nodes[${index}]`,
      scope,
      ...readNode(node, definitions),
      outgoing: outgoing.get(node.id) ?? new Map<string, SpecEdge[]>(),
    };
    nodes.push(indexed);
    if (!byId.has(node.id)) byId.set(node.id, indexed);
  }
  return scope;
}

type ReadNode = Pick<IndexedNode, "definition" | "config" | "configError" | "handles">;

/**
 * Reading a config is most of the work, and an edit leaves nearly all nodes the same objects: each is read once. Documents are
 * never changed in place.
 */
const readNodes = new WeakMap<SpecNode, { definitions: StepDefinitions; read: ReadNode }>();

function readNode(node: SpecNode, definitions: StepDefinitions): ReadNode {
  const known = readNodes.get(node);
  if (known?.definitions === definitions) return known.read;
  const definition = Object.hasOwn(definitions, node.type) ? (definitions[node.type] ?? null) : null;
  const parsed = definition === null ? null : parseNodeConfig(node, definition);
  const config = parsed?.ok === true ? parsed.config : undefined;
  const read: ReadNode = {
    definition,
    config,
    configError: parsed?.ok === false ? parsed.error : null,
    handles: definition === null || config === undefined ? null : nodeHandles(definition, config),
  };
  readNodes.set(node, { definitions, read });
  return read;
}
