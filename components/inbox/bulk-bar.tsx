"use client";
import { useRef } from "react";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { useLetterKeys } from "@/components/ui/letter-keys-choice";
import { selectedWords } from "./bulk-words";
import { useListFocusKept } from "./inbox-focus";
import type { InboxSelection } from "./use-selection";

interface BulkBarProps {
  selection: InboxSelection;
  onDecide: (decision: "approved" | "rejected") => void;
}

/** What is selected, and what can be done with all of it. At the foot of the list, as long as something is. */
export function BulkBar({ selection, onDecide }: BulkBarProps) {
  const { items, alike, selectAlike, keep } = selection;
  const bar = useRef<HTMLDivElement>(null);
  const hasKeys = useLetterKeys().letterKeys === "on";
  useListFocusKept(bar);
  const count = String(items.length);
  return (
    <div
      ref={bar}
      role="group"
      aria-label="What is selected"
      className="sticky bottom-14 low:static z-10 mt-auto flex flex-col gap-2 border-t bg-surface px-4 py-3 md:bottom-0"
    >
      <p role="status" className="flex flex-wrap items-center justify-between gap-2">
        <span className="figures font-medium">{selectedWords(items)}</span>
        {hasKeys && (
          <span className="text-label text-ink-3 max-md:hidden">
            <Kbd>X</Kbd> select
          </span>
        )}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button look="primary" onClick={() => onDecide("approved")} className="max-sm:h-12 max-sm:flex-1">
          Approve {count}
        </Button>
        <Button onClick={() => onDecide("rejected")} className="max-sm:h-12 max-sm:flex-1">
          Reject {count}
        </Button>
        {alike > items.length && (
          <Button look="quiet" onClick={selectAlike}>
            Select all {String(alike)} alike that are shown
          </Button>
        )}
        <Button look="quiet" onClick={() => keep([])}>
          Select nothing
        </Button>
      </div>
    </div>
  );
}
