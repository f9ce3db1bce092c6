"use client";
import { useEffect, useEffectEvent, type RefObject } from "react";
import { useBuilder, useBuilderStore } from "@/components/builder/state/use-builder";
import { isWithin, parsePath } from "@/components/builder/state/field-path";

/** A code editor comes a moment after its field; how long it is waited for, ms. */
const patienceMs = 3_000;
const pollMs = 50;

/** Moves the focus to the field that somebody asked for, unfolding its section first. */
export function useFieldFocus(panel: RefObject<HTMLElement | null>, unfold: (field: string) => void): void {
  const store = useBuilderStore();
  const asked = useBuilder((state) => state.focusField);
  const prepare = useEffectEvent(unfold);
  useEffect(() => {
    if (asked === null) return;
    let waited = 0;
    const timer = setInterval(() => {
      const target = panel.current && fieldElement(panel.current, asked);
      const stop = target && focusableIn(target);
      waited += pollMs;
      if (!stop && waited < patienceMs) return;
      clearInterval(timer);
      store.getState().setFocusField(null);
      target?.scrollIntoView({ block: "center" });
      stop?.focus({ preventScroll: true });
    }, pollMs);
    prepare(asked);
    return () => clearInterval(timer);
  }, [asked, panel, store]);
}

/** The field with the longest path that the asked one stands in. */
function fieldElement(panel: HTMLElement, asked: string): HTMLElement | null {
  const wanted = parsePath(asked);
  let best: { element: HTMLElement; length: number } | null = null;
  for (const element of panel.querySelectorAll<HTMLElement>("[data-field]"))
    for (const text of (element.dataset["field"] ?? "").split(" ")) {
      const path = parsePath(text);
      if (isWithin(wanted, path) && path.length > (best?.length ?? 0)) best = { element, length: path.length };
    }
  return best?.element ?? null;
}

function focusableIn(element: HTMLElement): HTMLElement | null {
  return element.querySelector<HTMLElement>("[contenteditable=true], input, select, textarea, button");
}
