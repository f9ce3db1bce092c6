import type { Connection, ReactFlowProps, XYPosition } from "@xyflow/react";
import type { CanvasActions } from "./canvas-actions";
import type { CardNode, LineEdge } from "./canvas-elements";
import { placeInside } from "./drop-target";
import { whyNotConnect } from "./connect-rules";

type Handlers = Pick<
  ReactFlowProps<CardNode, LineEdge>,
  "onConnect" | "onConnectEnd" | "onReconnectStart" | "onReconnect" | "onReconnectEnd" | "isValidConnection"
>;

/** Drawing lines: from a dot to a step, or into the open, where a new step is offered. */
export function connectionHandlers(actions: CanvasActions, toDrawing: (screen: XYPosition) => XYPosition): Handlers {
  /** The connection whose end is being dragged. */
  let moving: LineEdge | null = null;
  return {
    isValidConnection: ({ source, sourceHandle, target }) =>
      whyNotConnect(actions.graph(), source, sourceHandle ?? "", target) === null,
    onConnect: ({ source, sourceHandle, target }) => actions.connect(source, sourceHandle ?? "", target),
    onReconnectStart(_event, edge) {
      moving = edge;
    },
    onReconnectEnd() {
      moving = null;
    },
    onConnectEnd(event, { isValid, fromNode, fromHandle }) {
      if (isValid === true || !fromNode || fromHandle.type !== "source") return;
      const screen = "clientX" in event ? { x: event.clientX, y: event.clientY } : touchPoint(event);
      if (!screen) return;
      const handle = fromHandle.id ?? "";
      const under = document.elementFromPoint(screen.x, screen.y);
      const card = under?.closest<HTMLElement>(".react-flow__node")?.dataset["id"];
      const graph = actions.graph();
      const step = graph.steps.get(fromNode.id);
      // Letting go anywhere on a card connects to it; inside a loop's box it is the open space of the loop.
      if (card !== undefined && card !== fromNode.id && card !== step?.container) {
        const line = moving?.data?.line;
        if (line) actions.reconnect(line, { from: line.from, case: line.case, to: card });
        else actions.connect(fromNode.id, handle, card);
        return;
      }
      if (moving || card === fromNode.id || !under?.closest(".react-flow")) return;
      const [existing] = (graph.outgoing.get(fromNode.id) ?? []).filter((edge) => edge.case === handle);
      const parent = step?.container ?? null;
      const parentBox = parent === null ? undefined : actions.drawnBox(parent);
      const at = placeInside({ x: toDrawing(screen).x - 120, y: toDrawing(screen).y }, parentBox);
      actions.openPalette(
        existing
          ? { kind: "beside", from: fromNode.id, case: handle }
          : { kind: "after", from: fromNode.id, case: handle },
        screen,
        at,
      );
    },
    onReconnect(old, connection: Connection) {
      if (old.data) actions.reconnect(old.data.line, ends(connection));
    },
  };
}

function ends({ source, sourceHandle, target }: Connection) {
  return { from: source, case: sourceHandle ?? "", to: target };
}

function touchPoint(event: TouchEvent): XYPosition | null {
  const touch = event.changedTouches[0];
  return touch ? { x: touch.clientX, y: touch.clientY } : null;
}
