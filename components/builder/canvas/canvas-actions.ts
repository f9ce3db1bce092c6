import { createContext, useContext } from "react";
import { reconnect as reconnectOperations, setDisabled } from "@/core/workflow/edit/compose";
import type { Operation } from "@/core/workflow/edit/operation";
import type { Box, Point } from "@/components/graph/box";
import { engineLayout } from "@/components/graph/graph-layout";
import { placeChosen } from "@/components/graph/placement";
import type { BuilderStore } from "@/components/builder/state/builder-state";
import { canvasGraph, layoutInput, type CanvasEdge, type CanvasGraph } from "./canvas-graph";
import type { CanvasCommand } from "./canvas-keys";
import type { CanvasUiStore } from "./canvas-ui";
import { whyNotConnect } from "./connect-rules";
import { drawnBoxes } from "./line-routes";
import { addPlaceOf, planAdd, type AddPlace, type StepChoice } from "./plan-add";
import { planLayout, planNudge } from "./plan-move";
import { planCopy, planDelete, planDuplicate, planPaste, type PlannedEdit } from "./plan-selection";
import { neighbour, type Direction } from "./walk";

/** Everything that can be done to the open workflow by key, menu, button or pointer; the same for canvas and outline. */
export interface CanvasActions {
  graph(): CanvasGraph;
  run(command: CanvasCommand): void;
  /** Adds a step, selects it and opens its panel. */
  add(choice: StepChoice, place: AddPlace, at?: Point | null): void;
  openPalette(place: AddPlace, screen: Point, at?: Point | null): void;
  /** Draws a connection; says why where it may not be. */
  connect(from: string, handle: string, to: string): boolean;
  reconnect(edge: CanvasEdge, to: { from: string; case: string; to: string }): boolean;
  disconnect(edge: CanvasEdge): void;
  /** Does the operations unless there are none. */
  perform(planned: { operations: Operation[]; say: string; select?: readonly string[] }, merge?: string): void;
  say(text: string): void;
  /** In the drawing's coordinates. */
  drawnBox(id: string): Box | undefined;
}

export function createCanvasActions(store: BuilderStore, ui: CanvasUiStore): CanvasActions {
  const graph = () => canvasGraph(store.getState().document.spec);
  const boxes = () => {
    const drawn = ui.getState().boxes;
    if (drawn) return drawn;
    const { nodes, edges } = layoutInput(graph());
    return placeChosen(nodes, edges);
  };
  const say = (announcement: string) => store.setState({ announcement });
  const perform: CanvasActions["perform"] = ({ operations, say: words, select }, merge) => {
    const { apply } = store.getState();
    if (operations.length > 0)
      apply(operations, { ...(words !== "" && { say: words }), ...(merge !== undefined && { merge }) });
    if (select) store.getState().select(select.filter((id) => graph().steps.has(id)));
  };
  const selection = () => {
    const { selectedNodes, selectedEdges } = store.getState();
    const { steps, edges } = graph();
    return {
      ids: [...selectedNodes].filter((id) => steps.has(id)),
      edges: [...selectedEdges].flatMap((id) => edges.get(id) ?? []),
    };
  };
  const walk = (direction: Direction) => () => {
    const { ids } = selection();
    const next = neighbour(graph(), ids.at(-1) ?? null, direction);
    if (next === null) return;
    store.getState().select([next]);
    ui.getState().view?.show(next);
  };
  const nudge = (x: number, y: number) => () => {
    const { selectedNodes } = store.getState();
    perform({ operations: planNudge(graph(), boxes(), selectedNodes, { x, y }), say: "" }, "nudge");
  };
  const edit = (plan: (input: Parameters<typeof planDelete>[0]) => PlannedEdit) => () => {
    perform(plan({ document: store.getState().document, graph: graph(), boxes: boxes(), ...selection() }));
  };
  const actions: CanvasActions = {
    graph,
    say,
    perform,
    run: (command) => commands[command](),
    add(choice, place, at = null) {
      const planned = planAdd(store.getState().document, graph(), boxes(), choice, place, at);
      perform({ operations: planned.operations, say: planned.say });
      if (!graph().steps.has(planned.id)) return;
      store.getState().openStep(planned.id);
      requestAnimationFrame(() => ui.getState().view?.show(planned.id));
    },
    openPalette: (place, screen, at = null) => ui.setState({ palette: { place, screen, at }, menu: null }),
    connect(from, handle, to) {
      const reason = whyNotConnect(graph(), from, handle, to);
      if (reason !== null) say(reason);
      else perform({ operations: [{ op: "connect", from, case: handle, to }], say: "Connected" });
      return reason === null;
    },
    drawnBox: (id) => drawnBoxes(graph(), boxes()).get(id),
    reconnect(edge, to) {
      const reason = whyNotConnect(graph(), to.from, to.case, to.to);
      if (reason !== null) say(reason);
      else
        perform({
          operations: reconnectOperations(store.getState().document, edgeEnds(edge), to),
          say: "Connection moved",
        });
      return reason === null;
    },
    disconnect: ({ from, case: handle, to }) =>
      perform({ operations: [{ op: "disconnect", from, case: handle, to }], say: "Connection removed" }),
  };
  const commands: Record<CanvasCommand, () => void> = {
    add() {
      const { selectedNodes, selectedEdges } = store.getState();
      const place = addPlaceOf(graph(), selectedNodes, selectedEdges);
      const beside = place.kind === "after" ? ui.getState().view?.screenOf(place.from) : null;
      actions.openPalette(place, beside ?? { x: -1, y: -1 });
    },
    open() {
      const [id] = selection().ids;
      if (id !== undefined) store.getState().openStep(id);
    },
    copy() {
      const { fragment, say: words } = planCopy({ document: store.getState().document, ...selection() });
      if (fragment) store.getState().copy(fragment);
      say(words);
    },
    cut() {
      commands.copy();
      commands.delete();
    },
    paste() {
      void store
        .getState()
        .readClipboard()
        .then((fragment) => {
          if (!fragment) return say("Nothing to paste. Copy steps first.");
          const { document } = store.getState();
          const middle = ui.getState().view?.middle() ?? null;
          perform(planPaste({ document, graph: graph(), boxes: boxes(), ...selection() }, fragment, middle));
        });
    },
    duplicate: edit(planDuplicate),
    delete: edit(planDelete),
    disable() {
      const { ids } = selection();
      if (ids.length === 0) return;
      const on = ids.some((id) => graph().steps.get(id)?.node.disabled !== true);
      perform({
        operations: setDisabled(store.getState().document, ids, on),
        say: `${countSteps(ids.length)} turned ${on ? "off" : "on"}`,
      });
    },
    selectAll() {
      const { steps, edges } = graph();
      store.getState().select(steps.keys(), edges.keys());
      say(`${countSteps(steps.size)} selected`);
    },
    deselect: () => store.getState().select([]),
    undo: () => store.getState().undo(),
    redo: () => store.getState().redo(),
    up: walk("up"),
    down: walk("down"),
    left: walk("left"),
    right: walk("right"),
    nudgeUp: nudge(0, -16),
    nudgeDown: nudge(0, 16),
    nudgeLeft: nudge(-16, 0),
    nudgeRight: nudge(16, 0),
    search: () => ui.setState({ searching: true }),
    fit: () => ui.getState().view?.fit(),
    zoomIn: () => ui.getState().view?.zoom("in"),
    zoomOut: () => ui.getState().view?.zoom("out"),
    layout() {
      ui.setState({ tidying: true });
      engineLayout(layoutInput(graph()))
        .then(
          ({ boxes: laidOut }) => perform({ operations: planLayout(graph(), laidOut), say: "Layout tidied up" }),
          () => say("The layout could not be made. Try again."),
        )
        .finally(() => ui.setState({ tidying: false }));
    },
    menu() {
      const [id = null] = selection().ids;
      const screen = id === null ? null : (ui.getState().view?.screenOf(id) ?? null);
      ui.setState({ menu: { screen: screen ?? { x: -1, y: -1 }, id } });
    },
    keys: () => ui.setState({ keysOpen: true }),
  };
  return actions;
}

export const CanvasActionsContext = createContext<CanvasActions | null>(null);

export function useCanvasActions(): CanvasActions {
  const actions = useContext(CanvasActionsContext);
  if (!actions) throw new Error("There is no canvas around this component.");
  return actions;
}

function edgeEnds({ from, case: handle, to }: CanvasEdge) {
  return { from, case: handle, to };
}

function countSteps(count: number): string {
  return count === 1 ? "1 step" : `${count} steps`;
}
