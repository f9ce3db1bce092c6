import { useEffect, useEffectEvent } from "react";

/** The browser asks before a page closes on which something would be lost. `isLost` is asked at that moment. */
export function useLeaveWarning(isLost: () => boolean): void {
  const warn = useEffectEvent((event: BeforeUnloadEvent) => {
    if (isLost()) event.preventDefault();
  });
  useEffect(() => {
    const listener = (event: BeforeUnloadEvent) => warn(event);
    window.addEventListener("beforeunload", listener);
    return () => window.removeEventListener("beforeunload", listener);
  }, []);
}
