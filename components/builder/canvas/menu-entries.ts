import type { Point } from "@/components/graph/box";
import type { CanvasActions } from "./canvas-actions";
import type { CanvasEdge, CanvasGraph, CanvasStep } from "./canvas-graph";
import { canvasKeys, type CanvasCommand } from "./canvas-keys";
import { legalTargets } from "./connect-rules";
import { placeInContainer, placeAfterStep, type AddPlace } from "./plan-add";

export interface MenuEntry {
  label: string;
  /** The key that does the same. */
  keys?: string;
  danger?: boolean;
  run?: () => void;
  /** Opens to the side. */
  entries?: MenuEntry[];
}

export interface MenuInput {
  graph: CanvasGraph;
  actions: CanvasActions;
  steps: readonly CanvasStep[];
  edges: readonly CanvasEdge[];
  readOnly: boolean;
  /** The drawing is shown, so that zooming and tidying mean something. */
  drawing: boolean;
  /** Where a palette would open. */
  screen: Point;
}

/** What can be done with what is selected, in groups. */
export function menuEntries(input: MenuInput): MenuEntry[][] {
  const { steps, edges } = input;
  const [step] = steps;
  const [edge] = edges;
  const groups =
    step !== undefined ? stepGroups(input, step) : edge !== undefined ? edgeGroups(input, edge) : groundGroups(input);
  return groups.filter((group) => group.length > 0);
}

function stepGroups(input: MenuInput, step: CanvasStep): MenuEntry[][] {
  const { readOnly, steps } = input;
  const single = steps.length === 1;
  if (readOnly) return [[...(single ? [byKey(input, "open", "Open")] : []), byKey(input, "copy", "Copy")]];
  const allOff = steps.every(({ node }) => node.disabled === true);
  return [
    single ? [byKey(input, "open", "Open"), ...addEntries(input, step)] : [],
    single ? connectEntries(input, step) : [],
    [
      byKey(input, "copy", "Copy"),
      byKey(input, "cut", "Cut"),
      byKey(input, "paste", "Paste"),
      byKey(input, "duplicate", "Duplicate"),
    ],
    [byKey(input, "disable", allOff ? "Turn on" : "Turn off"), ...nestEntries(input)],
    [{ ...byKey(input, "delete", single ? "Delete" : `Delete ${steps.length} steps`), danger: true }],
  ];
}

function addEntries({ graph, actions, screen }: MenuInput, step: CanvasStep): MenuEntry[] {
  const add = (label: string, place: AddPlace, keys?: string): MenuEntry => ({
    label,
    ...(keys !== undefined && { keys }),
    run: () => actions.openPalette(place, screen),
  });
  const [before] = graph.incoming.get(step.id) ?? [];
  const several = step.facts.branches.length > 1;
  const usual = step.facts.usualCase;
  const follows = (graph.outgoing.get(step.id) ?? []).some((edge) => edge.case === usual);
  return [
    ...(several
      ? [
          {
            label: "Add a step in branch",
            entries: step.facts.branches.map(({ id, label }) => add(label, branchPlace(graph, step.id, id))),
          },
        ]
      : step.facts.branches.length === 1
        ? [add("Add a step after", placeAfterStep(graph, step.id), "A")]
        : []),
    ...(before ? [add("Add a step before", { kind: "on", edge: before })] : []),
    ...(follows && usual !== null && !several
      ? [add("Add a step side by side", { kind: "beside", from: step.id, case: usual })]
      : []),
    ...(step.facts.errorHandle ? [add("Add a step for failure", branchPlace(graph, step.id, "error"))] : []),
    ...(step.facts.container ? [add("Add a step inside", placeInContainer(graph, step.id))] : []),
  ];
}

/** At the beginning of a branch, before what follows there. */
export function branchPlace(graph: CanvasGraph, from: string, handle: string): AddPlace {
  const [edge] = (graph.outgoing.get(from) ?? []).filter((each) => each.case === handle);
  return edge ? { kind: "on", edge } : { kind: "after", from, case: handle };
}

function connectEntries({ graph, actions }: MenuInput, step: CanvasStep): MenuEntry[] {
  const { branches, errorHandle, takesInput } = step.facts;
  const handles = [...branches, ...(errorHandle ? [errorHandle] : [])];
  const ways = handles.flatMap(({ id, label }): MenuEntry[] => {
    const targets = legalTargets(graph, step.id, id);
    if (targets.length === 0) return [];
    const entries = targets.map((target) => ({
      label: target.title,
      run: () => void actions.connect(step.id, id, target.id),
    }));
    return [{ label: branches.length === 1 && id !== "error" ? "Connect to" : `Connect “${label}” to`, entries }];
  });
  const scope = graph.scopes.get(step.container);
  const mayBegin =
    takesInput &&
    scope?.startNodeId !== step.id &&
    (graph.incoming.get(step.id)?.length ?? 0) === 0 &&
    scope !== undefined;
  return [
    ...ways,
    ...(mayBegin
      ? [
          {
            label: step.container === null ? "Let runs begin here" : "Make it the first step of the loop",
            run: () =>
              actions.perform({
                operations: [{ op: "set_start", container: step.container, id: step.id }],
                say: `${step.facts.title} comes first now`,
              }),
          },
        ]
      : []),
  ];
}

function nestEntries({ graph, actions, steps }: MenuInput): MenuEntry[] {
  const ids = new Set(steps.map(({ id }) => id));
  const moveTo = (container: string | null, words: string) => () =>
    actions.perform({
      operations: steps.map(({ id }) => ({ op: "nest_node" as const, id, container, x: null, y: null })),
      say: words,
    });
  const loops = [...graph.steps.values()].filter(
    ({ id, facts }) =>
      facts.container && !ids.has(id) && !steps.some((step) => step.container === id || holds(graph, step.id, id)),
  );
  const inside = steps.filter(({ container }) => container !== null);
  const [only] = loops;
  return [
    ...(loops.length === 1 && only
      ? [{ label: `Move into ${only.facts.title}`, run: moveTo(only.id, `Moved into ${only.facts.title}`) }]
      : loops.length > 1
        ? [
            {
              label: "Move into",
              entries: loops.map(({ id, facts }) => ({
                label: facts.title,
                run: moveTo(id, `Moved into ${facts.title}`),
              })),
            },
          ]
        : []),
    ...(inside.length === steps.length && steps.length > 0
      ? [{ label: "Move out of the loop", run: moveTo(outerOf(graph, inside[0]), "Moved out of the loop") }]
      : []),
  ];
}

function outerOf(graph: CanvasGraph, step: CanvasStep | undefined): string | null {
  const container = step?.container ?? null;
  return container === null ? null : (graph.steps.get(container)?.container ?? null);
}

function holds(graph: CanvasGraph, outer: string, inner: string): boolean {
  for (let at = graph.steps.get(inner)?.container ?? null; at !== null; at = graph.steps.get(at)?.container ?? null)
    if (at === outer) return true;
  return false;
}

function edgeGroups({ actions, readOnly, screen, graph }: MenuInput, edge: CanvasEdge): MenuEntry[][] {
  if (readOnly) return [];
  const targets = legalTargets(graph, edge.from, edge.case);
  return [
    [
      { label: "Add a step here", keys: "A", run: () => actions.openPalette({ kind: "on", edge }, screen) },
      ...(targets.length > 0
        ? [
            {
              label: "Lead to another step",
              entries: targets.map(({ id, title }) => ({
                label: title,
                run: () => void actions.reconnect(edge, { from: edge.from, case: edge.case, to: id }),
              })),
            },
          ]
        : []),
    ],
    [{ label: "Delete the connection", keys: "Del", danger: true, run: () => actions.disconnect(edge) }],
  ];
}

function groundGroups(input: MenuInput): MenuEntry[][] {
  const { readOnly, drawing } = input;
  return [
    readOnly ? [] : [byKey(input, "add", "Add a step"), byKey(input, "paste", "Paste")],
    [byKey(input, "selectAll", "Select everything"), byKey(input, "search", "Find a step")],
    drawing
      ? [
          byKey(input, "fit", "Show the whole workflow"),
          ...(readOnly ? [] : [byKey(input, "layout", "Tidy up the layout")]),
        ]
      : [],
    readOnly ? [] : [byKey(input, "undo", "Undo"), byKey(input, "redo", "Redo")],
    [byKey(input, "keys", "Keys")],
  ];
}

function byKey({ actions }: MenuInput, command: CanvasCommand, label: string): MenuEntry {
  const keys = canvasKeys.find((key) => key.command === command)?.keys;
  return { label, ...(keys !== undefined && { keys }), run: () => actions.run(command) };
}
