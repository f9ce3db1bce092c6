"use client";
import { useSyncExternalStore } from "react";

export type CanvasViewName = "canvas" | "outline";

const key = "holdpoint:builder-view";
const narrow = "(max-width: 767px)";
const listeners = new Set<() => void>();
let chosenHere: CanvasViewName | null = null;

/** Canvas or outline, as this browser chose last; on narrow screens the outline unless the canvas was asked for. */
export function useViewChoice(): [CanvasViewName, (view: CanvasViewName) => void] {
  return [useSyncExternalStore(subscribe, read, () => "canvas"), choose];
}

function choose(view: CanvasViewName): void {
  chosenHere = view;
  try {
    localStorage.setItem(storageKey(), view);
  } catch {
    // Forbidden: the choice lasts as long as the page.
  }
  for (const listener of listeners) listener();
}

function read(): CanvasViewName {
  const stored = chosenHere ?? readStored();
  return stored ?? (matchMedia(narrow).matches ? "outline" : "canvas");
}

function readStored(): CanvasViewName | null {
  try {
    const value = localStorage.getItem(storageKey());
    return value === "canvas" || value === "outline" ? value : null;
  } catch {
    return null;
  }
}

/** A phone's choice is not the desk's. */
function storageKey(): string {
  return matchMedia(narrow).matches ? `${key}:narrow` : key;
}

function subscribe(listener: () => void): () => void {
  const media = matchMedia(narrow);
  const turned = () => {
    chosenHere = null;
    listener();
  };
  listeners.add(listener);
  media.addEventListener("change", turned);
  return () => {
    listeners.delete(listener);
    media.removeEventListener("change", turned);
  };
}
