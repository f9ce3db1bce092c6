import type { CanvasEdge, CanvasGraph, CanvasStep } from "@/components/builder/canvas/canvas-graph";
import { orderOf } from "@/components/builder/canvas/walk";
import { dominators } from "./dominators";

interface OutlineBase {
  key: string;
  children: OutlineItem[];
}
/** A step. What follows it in a single line stands below it at the same depth. */
export interface StepItem extends OutlineBase {
  kind: "step";
  step: CanvasStep;
}
/** A way out of a step with several; empty where nothing follows. */
export interface BranchItem extends OutlineBase {
  kind: "branch";
  from: string;
  handle: string;
  label: string;
  edge: CanvasEdge | null;
}
/** The branch goes on at a step that stands elsewhere in the outline. */
export interface JumpItem extends OutlineBase {
  kind: "jump";
  edge: CanvasEdge;
  title: string;
}
/** What a loop repeats. */
export interface BodyItem extends OutlineBase {
  kind: "body";
  container: string;
}
/** Steps that nothing leads to. */
export interface LooseItem extends OutlineBase {
  kind: "loose";
}
export type OutlineItem = StepItem | BranchItem | JumpItem | BodyItem | LooseItem;

/**
 * The workflow as a tree. A step stands inside a branch when every way to it goes through that branch; where branches come
 * together again, the step stands after the one they parted at.
 */
export function outlineTree(graph: CanvasGraph, container: string | null = null): OutlineItem[] {
  const order = orderOf(graph, container);
  const entries = order.filter((id) => !graph.incoming.has(id));
  const [first = order[0]] = order;
  if (first === undefined) return [];
  const { children } = dominators(graph, order, new Set([first, ...entries]));
  const roots = children.get(null) ?? [];
  const loose = roots.filter((id) => id !== first && !graph.incoming.has(id));
  const main = roots.filter((id) => !loose.includes(id));
  const items = sequence(graph, children, main);
  if (loose.length === 0) return items;
  return [...items, { kind: "loose", key: `loose:${container ?? ""}`, children: sequence(graph, children, loose) }];
}

function sequence(
  graph: CanvasGraph,
  children: ReadonlyMap<string | null, readonly string[]>,
  ids: readonly string[],
): OutlineItem[] {
  const items: OutlineItem[] = [];
  const open = [...ids].reverse();
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const step = graph.steps.get(id);
    if (!step) continue;
    const item: StepItem = { kind: "step", key: `step:${id}`, step, children: bodyItems(graph, step) };
    items.push(item);
    const outgoing = graph.outgoing.get(id) ?? [];
    const [only] = outgoing;
    if (!parts(step, outgoing)) {
      if (only && !isOwn(graph, children, only)) items.push(jumpItem(graph, only));
    } else {
      item.children.push(...branchItems(graph, children, step, outgoing));
    }
    const inBranches = parts(step, outgoing)
      ? new Set(outgoing.filter((edge) => isOwn(graph, children, edge)).map(({ to }) => to))
      : new Set<string>();
    const next = (children.get(id) ?? []).filter((child) => !inBranches.has(child));
    open.push(...[...next].reverse());
  }
  return items;
}

/** Whether a step's ways out need saying. */
function parts(step: CanvasStep, outgoing: readonly CanvasEdge[]): boolean {
  return step.facts.branches.length > 1 || outgoing.length > 1 || outgoing.some((edge) => edge.case === "error");
}

/** Only this connection leads there. */
function isOwn(graph: CanvasGraph, children: ReadonlyMap<string | null, readonly string[]>, edge: CanvasEdge): boolean {
  return (graph.incoming.get(edge.to)?.length ?? 0) === 1 && (children.get(edge.from)?.includes(edge.to) ?? false);
}

function branchItems(
  graph: CanvasGraph,
  children: ReadonlyMap<string | null, readonly string[]>,
  step: CanvasStep,
  outgoing: readonly CanvasEdge[],
): BranchItem[] {
  const labels = new Map(step.facts.branches.map(({ id, label }) => [id, label]));
  for (const edge of outgoing) if (!labels.has(edge.case)) labels.set(edge.case, edge.label ?? edge.case);
  return [...labels].flatMap(([handle, label]): BranchItem[] => {
    const edges = outgoing.filter((edge) => edge.case === handle);
    if (edges.length === 0)
      return [
        { kind: "branch", key: `branch:${step.id}:${handle}`, from: step.id, handle, label, edge: null, children: [] },
      ];
    return edges.map((edge, index) => ({
      kind: "branch",
      key: `branch:${edge.id}`,
      from: step.id,
      handle,
      label: edges.length === 1 ? label : `${label}, ${index + 1} of ${edges.length} side by side`,
      edge,
      children: isOwn(graph, children, edge) ? sequence(graph, children, [edge.to]) : [jumpItem(graph, edge)],
    }));
  });
}

function jumpItem(graph: CanvasGraph, edge: CanvasEdge): JumpItem {
  const title = graph.steps.get(edge.to)?.facts.title ?? edge.to;
  return { kind: "jump", key: `jump:${edge.id}`, edge, title, children: [] };
}

function bodyItems(graph: CanvasGraph, step: CanvasStep): OutlineItem[] {
  if (!step.facts.container) return [];
  return [{ kind: "body", key: `body:${step.id}`, container: step.id, children: outlineTree(graph, step.id) }];
}
