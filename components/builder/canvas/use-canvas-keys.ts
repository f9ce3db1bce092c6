"use client";
import { useEffect } from "react";
import { useLetterKeys } from "@/components/ui/letter-keys-choice";
import { useBuilderStore } from "@/components/builder/state/use-builder";
import type { CanvasActions } from "./canvas-actions";
import { commandOf, type CanvasCommand } from "./canvas-keys";

const everywhere: ReadonlySet<CanvasCommand> = new Set(["undo", "redo"]);
/** A focused button or row keeps these for itself. */
const ownKeys: ReadonlySet<string> = new Set(["Enter", " ", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"]);

/** Keys of the canvas and the outline: while the focus is in them or nowhere; undo and redo outside of text fields. */
export function useCanvasKeys(area: string, actions: CanvasActions): void {
  const store = useBuilderStore();
  const { letterKeys } = useLetterKeys();
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const { target } = event;
      if (event.defaultPrevented || !(target instanceof HTMLElement) || writes(target)) return;
      if (target.closest("[role=dialog],[role=alertdialog],[role=menu],[role=listbox]")) return;
      if (letterKeys === "off" && isOneSign(event)) return;
      const command = commandOf(event, store.getState().readOnly);
      if (command === null) return;
      const inside = target === document.body || document.getElementById(area)?.contains(target) === true;
      if (!inside && !everywhere.has(command)) return;
      if (target.closest("button,a,[role=tab]") && ownKeys.has(event.key)) return;
      // Text that is marked on the page is what Ctrl C means then.
      if (command === "copy" && getSelection()?.isCollapsed === false) return;
      event.preventDefault();
      actions.run(command);
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [area, actions, store, letterKeys]);
}

/** A letter, digit or punctuation by itself, as it is typed or heard by mistake. */
function isOneSign({ key, ctrlKey, metaKey }: KeyboardEvent): boolean {
  return key.length === 1 && !ctrlKey && !metaKey;
}

function writes(element: HTMLElement): boolean {
  return element.isContentEditable || element.closest("input,textarea,select") !== null;
}
