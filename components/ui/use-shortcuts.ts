import { useEffect, useEffectEvent, type RefObject } from "react";
import { useLetterKeys } from "./letter-keys-choice";
import { shortcutOf, type Shortcut } from "./shortcuts";

interface ShortcutsOf {
  /** They are for this part of the page: they work only while it can be seen. */
  part?: RefObject<HTMLElement | null>;
  /** They do nothing while this has the focus. */
  except?: (focused: EventTarget | null) => boolean;
}

/** Calls the handler of a pressed shortcut while `enabled`. */
export function useShortcuts(
  enabled: boolean,
  handlers: Partial<Record<Shortcut, (press: { shiftKey: boolean }) => void>>,
  { part, except }: ShortcutsOf = {},
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
    if (except?.(event.target)) return;
    event.preventDefault();
    handler(event);
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
