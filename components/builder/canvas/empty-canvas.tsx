"use client";
import { MousePointerClick, Plus } from "lucide-react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/** Teaches the first move. */
export function EmptyCanvas({ readOnly, onAdd }: { readOnly: boolean; onAdd: () => void }) {
  return (
    <div className="pointer-events-none absolute inset-0 z-10 flex items-center justify-center">
      <div className="pointer-events-auto rounded-card border border-hairline bg-surface">
        <EmptyState
          icon={MousePointerClick}
          title="Nothing here yet"
          action={
            readOnly ? undefined : (
              <Button icon={<Plus size={16} aria-hidden />} onClick={onAdd}>
                Add the first step
              </Button>
            )
          }
        >
          {readOnly
            ? "Nobody added a step so far."
            : "A workflow is a row of steps. Add one, then draw a line from the dot below it to the next."}
        </EmptyState>
      </div>
    </div>
  );
}
