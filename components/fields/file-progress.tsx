"use client";
import { Button } from "@/components/ui/button";
import type { Adding } from "./use-adding";

/** How much of a file is there. */
export function FileProgress({ adding: { now, stop }, onStop }: { adding: Adding; onStop: () => void }) {
  return (
    <div role="status" className="empty:absolute">
      {now !== null && (
        <div className="flex items-center gap-3">
          <span className="min-w-0 flex-1 text-dense [overflow-wrap:anywhere]">Adding {now.name}</span>
          <progress value={now.share} max={1} aria-label={`Adding ${now.name}`} className="h-1.5 w-24 accent-ink" />
          <Button
            onClick={() => {
              stop();
              onStop();
            }}
          >
            Stop
          </Button>
        </div>
      )}
    </div>
  );
}
