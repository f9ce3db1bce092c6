"use client";
import { createContext, useContext } from "react";
import { useStore } from "zustand";
import type { BuilderState, BuilderStore } from "./builder-state";

export const BuilderContext = createContext<BuilderStore | null>(null);

/** A part of the open builder's state; the component draws again only when that part changes. */
export function useBuilder<T>(selector: (state: BuilderState) => T): T {
  return useStore(useBuilderStore(), selector);
}

/** The store itself, for event handlers that read without drawing again. */
export function useBuilderStore(): BuilderStore {
  const store = useContext(BuilderContext);
  if (!store) throw new Error("There is no open builder around this component.");
  return store;
}
