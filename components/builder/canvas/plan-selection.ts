import { isJsonObject } from "@/core/json-guard";
import { copyFragment, duplicate, pasteFragment, removeAll } from "@/core/workflow/edit/compose";
import type { EditableDocument, Fragment, Operation } from "@/core/workflow/edit/operation";
import type { Box, Point } from "@/components/graph/box";
import { containersOf, type CanvasEdge, type CanvasGraph } from "./canvas-graph";
import { hasChosenPlaces } from "./make-room";
import { definitions } from "./step-facts";

export interface PlannedEdit {
  operations: Operation[];
  say: string;
  /** What is selected afterwards. */
  select?: readonly string[];
}

export interface SelectionInput {
  document: EditableDocument;
  graph: CanvasGraph;
  boxes: ReadonlyMap<string, Box>;
  ids: readonly string[];
  edges: readonly CanvasEdge[];
}

/** Steps with what connects them around it, and connections on their own. */
export function planDelete({ document, graph, ids, edges }: SelectionInput): PlannedEdit {
  const outer = outermost(graph, ids);
  const gone = new Set(ids);
  const alone = edges.filter(({ from, to }) => !gone.has(from) && !gone.has(to));
  if (outer.length === 0 && alone.length === 0) return { operations: [], say: "" };
  const operations = removeAll(
    document,
    outer,
    alone.map(({ from, case: handle, to }) => ({ from, case: handle, to })),
    definitions,
  );
  const parts = [
    ...(outer.length > 0 ? [outer.length === 1 ? titleOf(graph, outer[0]) : `${outer.length} steps`] : []),
    ...(alone.length > 0 ? [alone.length === 1 ? "1 connection" : `${alone.length} connections`] : []),
  ];
  return { operations, say: `${parts.join(" and ")} deleted`, select: [] };
}

export function planDuplicate({ document, graph, boxes, ids }: SelectionInput): PlannedEdit {
  // There is one entry only.
  const outer = outermost(graph, ids).filter((id) => graph.steps.get(id)?.facts.takesInput === true);
  if (outer.length === 0) return { operations: [], say: "" };
  const { operations, ids: made } = duplicateBeside(document, graph, boxes, outer);
  return {
    operations,
    say: outer.length === 1 ? "1 step duplicated" : `${outer.length} steps duplicated`,
    select: made,
  };
}

/** Right of what was there, where people chose the places. */
function duplicateBeside(
  document: EditableDocument,
  graph: CanvasGraph,
  boxes: ReadonlyMap<string, Box>,
  ids: readonly string[],
) {
  const containers = new Set(ids.map((id) => graph.steps.get(id)?.container ?? null));
  const [container = null] = containers;
  if (containers.size > 1 || !hasChosenPlaces(graph)) return duplicate(document, ids, definitions);
  const own = ids.flatMap((id) => boxes.get(id) ?? []);
  const left = Math.min(...own.map(({ x }) => x));
  const right = Math.max(...own.map(({ x, width }) => x + width));
  const offset = { x: Math.round(right - left) + 40, y: 0 };
  return pasteFragment(document, copyFragment(document, ids, definitions), { container, offset }, definitions);
}

export function planCopy({ document, ids }: Pick<SelectionInput, "document" | "ids">): {
  fragment: Fragment | null;
  say: string;
} {
  if (ids.length === 0) return { fragment: null, say: "Select steps to copy first." };
  return {
    fragment: copyFragment(document, ids, definitions),
    say: ids.length === 1 ? "1 step copied" : `${ids.length} steps copied`,
  };
}

/** Into the loop that is selected or holds what is selected, otherwise into the workflow. */
export function planPaste(
  { document, graph, ids }: SelectionInput,
  fragment: Fragment,
  middle: Point | null,
): PlannedEdit {
  const container = pasteContainer(graph, ids);
  const { operations, ids: made } = pasteFragment(
    document,
    fragment,
    {
      container,
      offset: container === null && hasChosenPlaces(graph) && middle ? awayFrom(fragment, middle) : { x: 32, y: 32 },
    },
    definitions,
  );
  return { operations, say: made.length === 1 ? "1 step pasted" : `${made.length} steps pasted`, select: made };
}

function pasteContainer(graph: CanvasGraph, ids: readonly string[]): string | null {
  const [only] = ids;
  const step = only === undefined || ids.length > 1 ? undefined : graph.steps.get(only);
  if (!step) return null;
  return step.facts.container && step.container === null ? null : step.container;
}

/** From where the steps stood to the middle of what is shown. */
function awayFrom(fragment: Fragment, middle: Point): Point {
  const places = fragment.nodes.flatMap(({ ui }) => {
    const place = isJsonObject(ui) ? ui["position"] : undefined;
    if (!isJsonObject(place)) return [];
    const { x, y } = place;
    return typeof x === "number" && typeof y === "number" ? [{ x, y }] : [];
  });
  if (places.length === 0) return { x: 0, y: 0 };
  return {
    x: Math.round(middle.x - Math.min(...places.map(({ x }) => x)) - 120),
    y: Math.round(middle.y - Math.min(...places.map(({ y }) => y)) - 36),
  };
}

/** Without steps whose loop is in the list too: they go with it. */
function outermost(graph: CanvasGraph, ids: readonly string[]): string[] {
  const chosen = new Set(ids);
  return ids.filter((id) => !containersOf(graph, id).some((container) => chosen.has(container)));
}

function titleOf(graph: CanvasGraph, id: string | undefined): string {
  return (id === undefined ? undefined : graph.steps.get(id)?.facts.title) ?? "1 step";
}
