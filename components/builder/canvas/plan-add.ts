import { addAfter, insertOnEdge, newNodeId, starterNode } from "@/core/workflow/edit/compose";
import type { EditableDocument, Operation } from "@/core/workflow/edit/operation";
import type { JsonObject } from "@/core/json";
import type { SpecNode } from "@/core/workflow/document";
import { cardSize, type Box, type Point } from "@/components/graph/box";
import { placeChosen } from "@/components/graph/placement";
import { canvasGraph, layoutInput, type CanvasEdge, type CanvasGraph } from "./canvas-graph";
import {
  clearOf,
  hasChosenPlaces,
  keepPlaces,
  placeAfter,
  placeBetween,
  placeLoose,
  type CardSize,
  type Moves,
} from "./make-room";
import { pushingAside } from "./push-aside";
import { definitionOf, definitions, stepFacts } from "./step-facts";
import { lastLeaf } from "./walk";

/** What was chosen in the palette. `preset` are fields that are filled in already, e.g. the action of a connector. */
export interface StepChoice {
  type: string;
  preset?: JsonObject;
}

export type AddPlace =
  | { kind: "after"; from: string; case: string }
  /** Besides what follows there already: both run. */
  | { kind: "beside"; from: string; case: string }
  | { kind: "on"; edge: CanvasEdge }
  | { kind: "loose"; container: string | null };

export interface PlannedAdd {
  id: string;
  operations: Operation[];
  say: string;
}

/** Where Add Step puts a step: after the selected one, on the selected connection, after the last step. */
export function addPlaceOf(
  graph: CanvasGraph,
  selected: ReadonlySet<string>,
  selectedEdges: ReadonlySet<string>,
): AddPlace {
  const [edgeId] = selectedEdges;
  const edge = edgeId === undefined ? undefined : graph.edges.get(edgeId);
  if (selected.size === 0 && edge) return { kind: "on", edge };
  const [chosen] = [...selected].filter((id) => graph.steps.has(id)).slice(-1);
  return placeAfterStep(graph, chosen ?? lastLeaf(graph));
}

/** The first branch that leads nowhere yet; where all do, between the step and what follows it. */
export function placeAfterStep(graph: CanvasGraph, id: string | null): AddPlace {
  const step = id === null ? undefined : graph.steps.get(id);
  if (!step) return { kind: "loose", container: null };
  const outgoing = graph.outgoing.get(step.id) ?? [];
  const { branches, usualCase } = step.facts;
  const usualFirst = [...branches].sort((a, b) => Number(b.id === usualCase) - Number(a.id === usualCase));
  const open = usualFirst.find((branch) => !outgoing.some((edge) => edge.case === branch.id));
  if (open) return { kind: "after", from: step.id, case: open.id };
  const [usual] = outgoing.filter((edge) => edge.case === usualCase);
  if (usual) return { kind: "on", edge: usual };
  const [before] = graph.incoming.get(step.id) ?? [];
  return before ? { kind: "on", edge: before } : { kind: "loose", container: step.container };
}

/** The operations that add a step there. `at`: where the pointer was, relative to the container. */
export function planAdd(
  document: EditableDocument,
  graph: CanvasGraph,
  boxes: ReadonlyMap<string, Box>,
  choice: StepChoice,
  wanted: AddPlace,
  at: Point | null = null,
): PlannedAdd {
  const base = textOf(choice.preset?.["name"]) ?? definitionOf(choice.type)?.title ?? choice.type;
  const id = newNodeId(document, base);
  const bare: SpecNode = { ...starterNode(choice.type, definitions, id), ...choice.preset, id, type: choice.type };
  const place = fitting(graph, wanted, bare);
  const { position, moves } = placeFor(graph, boxes, place, at, bare);
  const node: SpecNode = position ? { ...bare, ui: { ...bare.ui, position: { ...position } } } : bare;
  const kept = at && !hasChosenPlaces(graph) ? keepPlaces(graph, boxes) : [];
  const allMoves = [...kept, ...moves];
  const { title } = stepFacts(node);
  return {
    id,
    operations: pushingAside(document, [
      ...(allMoves.length > 0 ? [{ op: "move_nodes" as const, moves: allMoves }] : []),
      ...placing(document, graph, place, node),
    ]),
    say: `${title} added${afterWords(graph, place)}`,
  };
}

function placing(document: EditableDocument, graph: CanvasGraph, place: AddPlace, node: SpecNode): Operation[] {
  if (place.kind === "after") return addAfter(document, { from: place.from, case: place.case }, node, definitions);
  if (place.kind === "beside") {
    const container = graph.steps.get(place.from)?.container ?? null;
    return [
      { op: "add_node", node, container },
      { op: "connect", from: place.from, case: place.case, to: node.id },
    ];
  }
  if (place.kind === "on") {
    const { from, case: handle, to } = place.edge;
    return insertOnEdge(document, { from, case: handle, to }, node, definitions);
  }
  const scope = graph.scopes.get(place.container);
  const begins = scope !== undefined && scope.ids.includes(scope.startNodeId);
  return [
    { op: "add_node", node, container: place.container },
    ...(begins ? [] : [{ op: "set_start" as const, container: place.container, id: node.id }]),
  ];
}

/** Nothing can lead to an entry, and an end leads nowhere: those are put beside instead. */
function fitting(graph: CanvasGraph, place: AddPlace, node: SpecNode): AddPlace {
  const facts = stepFacts(node);
  const blocked = !facts.takesInput || (place.kind === "on" && facts.branches.length === 0);
  if (!blocked || place.kind === "loose") return place;
  return { kind: "loose", container: scopeOf(graph, place) };
}

/** The loop that a place is in. */
function scopeOf(graph: CanvasGraph, place: AddPlace): string | null {
  if (place.kind === "loose") return place.container;
  return graph.steps.get(place.kind === "on" ? place.edge.from : place.from)?.container ?? null;
}

/** A loop is as big as the body it begins with. */
function sizeOf(node: SpecNode): CardSize {
  const alone = layoutInput(canvasGraph({ specVersion: "1", startNodeId: node.id, nodes: [node], edges: [] }));
  const { width, height } = placeChosen(alone.nodes, alone.edges).get(node.id) ?? cardSize;
  return { width, height };
}

function placeFor(
  graph: CanvasGraph,
  boxes: ReadonlyMap<string, Box>,
  place: AddPlace,
  at: Point | null,
  node: SpecNode,
): { position: Point | null; moves: Moves } {
  const size = sizeOf(node);
  if (at) return { position: clearOf(graph, boxes, scopeOf(graph, place), { ...at, ...size }), moves: [] };
  if (!hasChosenPlaces(graph)) return { position: null, moves: [] };
  if (place.kind === "after" || place.kind === "beside")
    return { position: placeAfter(graph, boxes, place.from, place.case, size), moves: [] };
  if (place.kind === "loose") return { position: placeLoose(graph, boxes, place.container), moves: [] };
  const between = placeBetween(graph, boxes, place.edge, size);
  return { position: between.place, moves: between.moves };
}

function afterWords(graph: CanvasGraph, place: AddPlace): string {
  const title = (id: string) => graph.steps.get(id)?.facts.title ?? id;
  if (place.kind === "after" || place.kind === "beside") return ` after ${title(place.from)}`;
  if (place.kind === "on") return ` between ${title(place.edge.from)} and ${title(place.edge.to)}`;
  return place.container === null ? "" : ` in ${title(place.container)}`;
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

/** Inside a loop: after its last step, or as its first. */
export function placeInContainer(graph: CanvasGraph, container: string): AddPlace {
  const last = lastLeaf(graph, container);
  return last === null ? { kind: "loose", container } : placeAfterStep(graph, last);
}
