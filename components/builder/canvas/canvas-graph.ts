import { isJsonObject } from "@/core/json-guard";
import type { Spec, SpecEdge, SpecNode } from "@/core/workflow/document";
import type { Point } from "@/components/graph/box";
import type { PlacedCard } from "@/components/graph/placement";
import { bodyOf, stepFacts, type StepFacts } from "./step-facts";

export interface CanvasStep {
  id: string;
  node: SpecNode;
  facts: StepFacts;
  /** The loop it stands in. */
  container: string | null;
  /** The step its scope begins with, where that needs saying: an entry says it itself, and so does the only way in. */
  first: boolean;
}

export interface CanvasEdge {
  /** `from:case:to`, as in the selection. */
  id: string;
  from: string;
  case: string;
  to: string;
  /** Word of the branch; null where there is only one way. */
  label: string | null;
  container: string | null;
}

export interface CanvasScope {
  container: string | null;
  startNodeId: string;
  /** In the order of the document. */
  ids: readonly string[];
}

/** The document laid out for drawing and editing: bodies taken apart, connections by their ends. */
export interface CanvasGraph {
  steps: ReadonlyMap<string, CanvasStep>;
  scopes: ReadonlyMap<string | null, CanvasScope>;
  edges: ReadonlyMap<string, CanvasEdge>;
  /** In the order of the branches of the step they leave. */
  outgoing: ReadonlyMap<string, readonly CanvasEdge[]>;
  incoming: ReadonlyMap<string, readonly CanvasEdge[]>;
}

const known = new WeakMap<Spec, CanvasGraph>();
const mostWithWords = 120;

export function canvasGraph(spec: Spec): CanvasGraph {
  const present = known.get(spec);
  if (present) return present;
  const graph = readGraph(spec);
  known.set(spec, graph);
  return graph;
}

/** The graph as the layout takes it. */
export function layoutInput(graph: CanvasGraph) {
  const nodes: PlacedCard[] = [...graph.steps.values()].map(({ id, node, facts, container }) => ({
    id,
    parentId: container,
    position: storedPosition(node),
    width: facts.width,
    container: facts.container,
  }));
  // The words of branches stand below their cards here. A large layout is twice as fast without room for them on the lines.
  const roomForWords = graph.steps.size <= mostWithWords;
  const edges = [...graph.edges.values()].map(({ id, from, to, label }) => ({
    id,
    from,
    to,
    label: roomForWords ? label : null,
  }));
  return { nodes, edges };
}

/** Where a person put it, relative to its container; null where nobody did. */
export function storedPosition({ ui }: SpecNode): Point | null {
  const place = ui?.["position"];
  if (!isJsonObject(place)) return null;
  const { x, y } = place;
  return typeof x === "number" && typeof y === "number" ? { x, y } : null;
}

/** The loops around a step, innermost first. */
export function containersOf(graph: CanvasGraph, id: string): string[] {
  const found: string[] = [];
  for (
    let container = graph.steps.get(id)?.container ?? null;
    container !== null && !found.includes(container);
    container = graph.steps.get(container)?.container ?? null
  )
    found.push(container);
  return found;
}

function readGraph(spec: Spec): CanvasGraph {
  const steps = new Map<string, CanvasStep>();
  const scopes = new Map<string | null, CanvasScope>();
  const edges = new Map<string, CanvasEdge>();
  const outgoing = new Map<string, CanvasEdge[]>();
  const incoming = new Map<string, CanvasEdge[]>();
  const readScope = (container: string | null, scope: Pick<Spec, "startNodeId" | "nodes" | "edges">): void => {
    const own = scope.nodes.filter(({ id }) => !steps.has(id));
    scopes.set(container, { container, startNodeId: scope.startNodeId, ids: own.map(({ id }) => id) });
    const followed = new Set(scope.edges.map(({ to }) => to));
    const entries = own.filter(({ id }) => !followed.has(id));
    for (const node of own) {
      const first = node.id === scope.startNodeId && (container === null || entries.length > 1);
      steps.set(node.id, { id: node.id, node, facts: stepFacts(node), container, first });
    }
    readEdges(container, scope.edges);
    for (const node of own) {
      const body = bodyOf(node);
      if (body) readScope(node.id, body);
    }
  };
  const readEdges = (container: string | null, list: readonly SpecEdge[]): void => {
    for (const edge of list) {
      const source = steps.get(edge.from);
      if (source?.container !== container || steps.get(edge.to)?.container !== container) continue;
      const id = `${edge.from}:${edge.case}:${edge.to}`;
      if (edges.has(id)) continue;
      const drawn = {
        id,
        from: edge.from,
        case: edge.case,
        to: edge.to,
        label: branchWord(source.facts, edge.case),
        container,
      };
      edges.set(id, drawn);
      push(outgoing, edge.from, drawn);
      push(incoming, edge.to, drawn);
    }
  };
  readScope(null, spec);
  for (const [id, leaving] of outgoing) {
    const order = steps.get(id)?.facts.branches.map((branch) => branch.id) ?? [];
    const place = (edge: CanvasEdge) => (order.includes(edge.case) ? order.indexOf(edge.case) : order.length);
    leaving.sort((a, b) => place(a) - place(b));
  }
  return { steps, scopes, edges, outgoing, incoming };
}

/** The word of a branch, where a step has more ways than one. */
export function branchWord({ branches, errorHandle }: StepFacts, handle: string): string | null {
  if (handle === "error") return errorHandle?.label ?? "If it fails";
  const [only] = branches;
  if (branches.length === 1 && only?.id === handle) return null;
  return branches.find(({ id }) => id === handle)?.label ?? handle;
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
