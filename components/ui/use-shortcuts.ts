import { useEffect, useEffectEvent, type RefObject } from "react";
import { useLetterKeys } from "./letter-keys-choice";
import { shortcutOf, type Shortcut } from "./shortcuts";

/** Calls the handler of a pressed shortcut while `enabled`; where they are for one part of the page, only while that can be seen. */
export function useShortcuts(
  enabled: boolean,
  handlers: Partial<Record<Shortcut, () => void>>,
  part?: RefObject<HTMLElement | null>,
): void {
  const isOn = useLetterKeys().letterKeys === "on" && enabled;
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    const shortcut = shortcutOf({
      key: event.key,
      ctrlKey: event.ctrlKey,
      metaKey: event.metaKey,
      altKey: event.altKey,
      writing: isWriting(event.target),
    });
    const handler = shortcut === null ? undefined : handlers[shortcut];
    // What has been dealt with already was meant for the canvas.
    if (!handler || event.repeat || event.defaultPrevented) return;
    if (part && !part.current?.checkVisibility()) return;
    event.preventDefault();
    handler();
  });
  useEffect(() => {
    if (!isOn) return;
    const listener = (event: KeyboardEvent) => onKeyDown(event);
    window.addEventListener("keydown", listener);
    return () => window.removeEventListener("keydown", listener);
  }, [isOn]);
}

export function isWriting(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  // Inside a dialog or menu, letters belong to it.
  return target.isContentEditable || target.closest("input, textarea, select, [role=dialog], [role=menu]") !== null;
}
