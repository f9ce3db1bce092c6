"use client";
import { useEffect, useMemo, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { useBuilder } from "@/components/builder/state/use-builder";
import { StepPalette } from "@/components/builder/palette/step-palette";
import { useCanvasActions } from "./canvas-actions";
import { useCanvasUi, useCanvasUiStore, type OpenPalette } from "./canvas-ui";
import { definitions } from "./step-facts";

const size = { width: 320, height: 420 };
const margin = 12;

/** The palette where it was asked for: below Add Step, or at the pointer. Closes on Escape and on a press outside. */
export function FloatingPalette() {
  const open = useCanvasUi((state) => state.palette);
  return open ? <OpenedPalette key={`${open.screen.x}:${open.screen.y}`} open={open} /> : null;
}

function OpenedPalette({ open }: { open: OpenPalette }) {
  const ui = useCanvasUiStore();
  const actions = useCanvasActions();
  const box = useRef<HTMLDivElement>(null);
  const [before] = useState(() => document.activeElement);
  const [dragging, setDragging] = useState(false);
  const hasStart = useBuilder((state) =>
    state.document.spec.nodes.some(({ type }) => definitions[type]?.entry === true),
  );
  const without = useMemo(
    () =>
      new Set(
        Object.values(definitions)
          .filter((definition) => definition.entry === true && (hasStart || open.place.kind !== "loose"))
          .map(({ type }) => type),
      ),
    [hasStart, open.place.kind],
  );
  const close = () => {
    ui.setState({ palette: null });
    if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  };
  useEffect(() => {
    const outside = (event: PointerEvent) => {
      if (event.target instanceof Node && box.current?.contains(event.target) !== true) ui.setState({ palette: null });
    };
    const dropped = () => ui.setState({ palette: null });
    document.addEventListener("pointerdown", outside, true);
    document.addEventListener("dragend", dropped);
    return () => {
      document.removeEventListener("pointerdown", outside, true);
      document.removeEventListener("dragend", dropped);
    };
  }, [ui]);
  return createPortal(
    <div
      ref={box}
      role="dialog"
      aria-label="Add a step"
      style={placeOnScreen(open.screen)}
      className={`fixed z-40 animate-appear overflow-hidden rounded-card border border-control bg-surface shadow-[0_8px_24px_rgb(20_20_18/0.14)] ${dragging ? "pointer-events-none opacity-30" : ""}`}
    >
      <StepPalette
        without={without}
        // A moment later: an element that changes while its drag begins is not dragged.
        onDragStart={() => setTimeout(() => setDragging(true))}
        onClose={close}
        onChoose={(type, preset) => {
          ui.setState({ palette: null });
          actions.add({ type, ...(preset && { preset }) }, open.place, open.at);
        }}
      />
    </div>,
    document.body,
  );
}

/** Beside the point, moved so that it is all on the screen; a point outside means the Add Step button. */
function placeOnScreen({ x, y }: { x: number; y: number }) {
  const button = x < 0 ? document.getElementById("add-step")?.getBoundingClientRect() : undefined;
  const wanted = button ? { x: button.left, y: button.bottom + 6 } : { x, y };
  const width = Math.min(size.width, innerWidth - 2 * margin);
  const height = Math.min(size.height, innerHeight - 2 * margin);
  return {
    width,
    height,
    left: Math.max(margin, Math.min(wanted.x, innerWidth - width - margin)),
    top: Math.max(margin, Math.min(wanted.y, innerHeight - height - margin)),
  };
}
