"use client";
import { createContext, useContext } from "react";
import { createStore, useStore, type StoreApi } from "zustand";
import type { Box, Point } from "@/components/graph/box";
import type { DropTarget } from "./drop-target";
import type { AddPlace } from "./plan-add";

/** An open palette: where it stands on the screen, and where the chosen step goes. */
export interface OpenPalette {
  screen: Point;
  place: AddPlace;
  /** Where the step is to stand, relative to its container; null: chosen for it. */
  at: Point | null;
}

/** What the drawing can do, when it is the drawing that is shown. */
export interface CanvasView {
  fit(): void;
  zoom(by: "in" | "out"): void;
  /** Brings a step into view when it is not. */
  show(id: string, center?: boolean): void;
  /** Middle of a step on the screen. */
  screenOf(id: string): Point | null;
  /** Middle of what is shown, in the drawing's coordinates. */
  middle(): Point;
  focus(): void;
}

/** What is open and what is under the pointer; nothing of it is saved. */
export interface CanvasUi {
  hoveredEdge: string | null;
  drop: DropTarget | null;
  palette: OpenPalette | null;
  menu: { screen: Point; id: string | null } | null;
  searching: boolean;
  keysOpen: boolean;
  tidying: boolean;
  view: CanvasView | null;
  /** Where the cards are drawn, relative to their containers; null while only the outline is shown. */
  boxes: ReadonlyMap<string, Box> | null;
}

export type CanvasUiStore = StoreApi<CanvasUi>;

export function createCanvasUi(): CanvasUiStore {
  return createStore<CanvasUi>()(() => ({
    hoveredEdge: null,
    drop: null,
    palette: null,
    menu: null,
    searching: false,
    keysOpen: false,
    tidying: false,
    view: null,
    boxes: null,
  }));
}

export const CanvasUiContext = createContext<CanvasUiStore | null>(null);

export function useCanvasUiStore(): CanvasUiStore {
  const store = useContext(CanvasUiContext);
  if (!store) throw new Error("There is no canvas around this component.");
  return store;
}

export function useCanvasUi<T>(selector: (state: CanvasUi) => T): T {
  return useStore(useCanvasUiStore(), selector);
}
