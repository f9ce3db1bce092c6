import { useEffect, useRef, type RefObject } from "react";

/** A heading that takes the focus when what had it went away with what was pressed. `now` changes with what is shown. */
export function useKeptFocus(now: string, acted: boolean): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (acted && document.activeElement === document.body) heading.current?.focus({ preventScroll: true });
  }, [now, acted]);
  return heading;
}
