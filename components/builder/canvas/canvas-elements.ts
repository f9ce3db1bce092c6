import { Position, type Edge, type Node, type NodeHandle } from "@xyflow/react";
import type { Box, Point } from "@/components/graph/box";
import type { NodeState } from "@/components/graph/node-state";
import { containersOf, type CanvasEdge, type CanvasGraph, type CanvasStep } from "./canvas-graph";
import { branchOffset, dotSize, errorOffset } from "./handle-places";
import { routesOf } from "./line-routes";
import type { StepFacts } from "./step-facts";

/** Everything a card shows; the same object as long as nothing of it changes. */
export interface CardData extends Record<string, unknown> {
  step: CanvasStep;
  problems: number;
  errors: number;
  state: NodeState | null;
  /** Names of the people who have it selected elsewhere. */
  people: string;
  pinned: boolean;
  /** Branches that lead somewhere, for the words below the dots. */
  connected: string;
  readOnly: boolean;
}

export type CardNode = Node<CardData, "step" | "container">;
export interface LineData extends Record<string, unknown> {
  line: CanvasEdge;
  route: readonly Point[];
}
export type LineEdge = Edge<LineData, "line">;

/** What cards show beside the document. */
export interface CardMarks {
  selected: ReadonlySet<string>;
  selectedEdges: ReadonlySet<string>;
  issues: ReadonlyMap<string, { problems: number; errors: number }>;
  states: ReadonlyMap<string, NodeState>;
  people: ReadonlyMap<string, string>;
  pins: ReadonlySet<string>;
  readOnly: boolean;
}

/** Makes the drawing's elements, giving the same objects again for whatever did not change. */
export function createElementMaker() {
  let cards = new Map<string, CardNode>();
  let lines = new Map<string, LineEdge>();
  return {
    nodes(graph: CanvasGraph, boxes: ReadonlyMap<string, Box>, marks: CardMarks): CardNode[] {
      const next = new Map<string, CardNode>();
      // Scopes are listed from the outside in: a container comes before what stands in it, as the drawing demands.
      for (const step of graph.steps.values()) {
        const box = boxes.get(step.id);
        if (box) next.set(step.id, reuseCard(cards.get(step.id), makeCard(graph, step, box, marks)));
      }
      cards = next;
      return [...next.values()];
    },
    edges(graph: CanvasGraph, boxes: ReadonlyMap<string, Box>, marks: CardMarks): LineEdge[] {
      const routes = routesOf(graph, boxes);
      const next = new Map<string, LineEdge>();
      for (const line of graph.edges.values()) {
        const walked = hasRun(marks.states.get(line.from)) && hasRun(marks.states.get(line.to));
        const made: LineEdge = {
          id: line.id,
          source: line.from,
          target: line.to,
          sourceHandle: line.case,
          targetHandle: "in",
          type: "line",
          selected: marks.selectedEdges.has(line.id),
          data: { line, route: routes.get(line.id) ?? [] },
          className: walked ? "walked" : "",
          // Above the box of its loop, below the cards.
          zIndex: line.container === null ? 1 : 2 * containersOf(graph, line.from).length + 1,
          ariaLabel: lineWords(graph, line),
        };
        next.set(line.id, reuseLine(lines.get(line.id), made));
      }
      lines = next;
      return [...next.values()];
    },
  };
}

/** "Manager approval, rejected, leads to Explain". */
export function lineWords(graph: CanvasGraph, { from, to, label }: CanvasEdge): string {
  const title = (id: string) => graph.steps.get(id)?.facts.title ?? id;
  return `${title(from)}${label === null ? "" : `, ${label}`}, leads to ${title(to)}`;
}

function makeCard(graph: CanvasGraph, step: CanvasStep, box: Box, marks: CardMarks): CardNode {
  const issues = marks.issues.get(step.id);
  const depth = containersOf(graph, step.id).length;
  const data: CardData = {
    step,
    problems: issues?.problems ?? 0,
    errors: issues?.errors ?? 0,
    state: marks.states.get(step.id) ?? null,
    people: marks.people.get(step.id) ?? "",
    pinned: marks.pins.has(step.id),
    connected: (graph.outgoing.get(step.id) ?? []).map((edge) => edge.case).join("\n"),
    readOnly: marks.readOnly,
  };
  return {
    id: step.id,
    type: step.facts.container ? "container" : "step",
    position: { x: box.x, y: box.y },
    width: box.width,
    height: box.height,
    measured: { width: box.width, height: box.height },
    handles: handlesOf(step.facts, box),
    selected: marks.selected.has(step.id),
    data,
    zIndex: step.facts.container ? 2 * depth : 2 * depth + 2,
    ariaRole: "group",
    ariaLabel: cardWords(data),
    ...(step.container !== null && { parentId: step.container }),
  };
}

/** What a card says when it is read out. */
export function cardWords({
  step,
  problems,
  state,
  pinned,
}: Pick<CardData, "step" | "problems" | "state" | "pinned">): string {
  const { facts, node } = step;
  return [
    facts.title,
    facts.title === facts.typeTitle ? "" : facts.typeTitle,
    node.disabled === true ? "off" : "",
    state?.line ?? "",
    problems === 0 ? "" : problems === 1 ? "1 problem" : `${problems} problems`,
    pinned ? "output pinned" : "",
  ]
    .filter((part) => part !== "")
    .join(", ");
}

/** Given in advance, so that connections to cards out of sight can be drawn without measuring. */
function handlesOf(facts: StepFacts, box: Box): NodeHandle[] {
  const size = { width: dotSize, height: dotSize };
  const half = dotSize / 2;
  return [
    { id: "in", type: "target", position: Position.Top, x: box.width / 2 - half, y: -half, ...size },
    ...facts.branches.map(({ id }): NodeHandle => ({
      id,
      type: "source",
      position: Position.Bottom,
      x: branchOffset(facts, id, box.width) - half,
      y: box.height - half,
      ...size,
    })),
    ...(facts.errorHandle
      ? [
          {
            id: "error",
            type: "source" as const,
            position: Position.Right,
            x: box.width - half,
            y: errorOffset - half,
            ...size,
          },
        ]
      : []),
  ];
}

function reuseCard(before: CardNode | undefined, made: CardNode): CardNode {
  if (!before) return made;
  const data = sameData(before.data, made.data) ? before.data : made.data;
  const same =
    data === before.data &&
    before.selected === made.selected &&
    before.position.x === made.position.x &&
    before.position.y === made.position.y &&
    before.width === made.width &&
    before.height === made.height &&
    before.parentId === made.parentId;
  return same ? before : { ...made, data };
}

function sameData(a: CardData, b: CardData): boolean {
  const sameStep =
    a.step.node === b.step.node && a.step.first === b.step.first && a.step.container === b.step.container;
  return (
    sameStep &&
    a.problems === b.problems &&
    a.errors === b.errors &&
    a.state === b.state &&
    a.people === b.people &&
    a.pinned === b.pinned &&
    a.connected === b.connected &&
    a.readOnly === b.readOnly
  );
}

function reuseLine(before: LineEdge | undefined, made: LineEdge): LineEdge {
  if (!before?.data || !made.data) return made;
  const same =
    before.selected === made.selected &&
    before.className === made.className &&
    before.ariaLabel === made.ariaLabel &&
    samePoints(before.data.route, made.data.route);
  return same ? before : made;
}

function samePoints(a: readonly Point[], b: readonly Point[]): boolean {
  return (
    a.length === b.length &&
    a.every((point, index) => {
      const other = b[index];
      return other !== undefined && point.x === other.x && point.y === other.y;
    })
  );
}

function hasRun(state: NodeState | undefined): boolean {
  return state !== undefined && state.status !== "pending" && state.status !== "skipped";
}
