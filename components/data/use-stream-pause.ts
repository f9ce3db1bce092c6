import { useEffect, useState } from "react";
import type { StreamOver } from "@/core/contracts/live";
import { pauseStream, type PageSight } from "./stream-pause";

/** Whether this page has to do without its live stream for now; `end` says that, and why, it was ended. */
export function useStreamPause(): { isPaused: boolean; end(over: StreamOver): void } {
  const [over, setOver] = useState<StreamOver | null>(null);
  useEffect(() => {
    if (over === null) return;
    return pauseStream(over, sight, () => {
      setOver(null);
    });
  }, [over]);
  return { isPaused: over !== null, end: setOver };
}

const sight: PageSight = {
  isVisible: () => document.visibilityState === "visible",
  onLook(listener) {
    const look = (): void => {
      if (sight.isVisible()) listener();
    };
    document.addEventListener("visibilitychange", look);
    window.addEventListener("focus", look);
    return () => {
      document.removeEventListener("visibilitychange", look);
      window.removeEventListener("focus", look);
    };
  },
};
