import { useEffect } from "react";
import { takesBack } from "./shortcuts";
import { isWriting } from "./use-shortcuts";

/** Calls `undo` at Ctrl Z; nothing while it is null. */
export function useUndoKey(undo: (() => void) | null): void {
  useEffect(() => {
    if (undo === null) return;
    const onKeyDown = (event: KeyboardEvent) => {
      const { key, ctrlKey, metaKey, altKey, shiftKey, repeat, target } = event;
      if (!takesBack({ key, ctrlKey, metaKey, altKey, shiftKey, repeat, writing: isWriting(target) })) return;
      event.preventDefault();
      undo();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [undo]);
}
