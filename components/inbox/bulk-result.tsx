"use client";
import { useRef } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { VisibleText } from "@/components/ui/visible-text";
import { useListFocusKept } from "./inbox-focus";
import type { BulkOutcome } from "./use-bulk";

interface BulkResultProps {
  outcome: BulkOutcome;
  /** Null when nothing can be taken back any more. */
  takeBack: (() => void) | null;
  onRead: () => void;
}

/** What came of several decisions, until somebody says that they have read it. */
export function BulkResult({ outcome, takeBack, onRead }: BulkResultProps) {
  const part = useRef<HTMLDivElement>(null);
  useListFocusKept(part);
  return (
    <div ref={part}>
      <Notice
        tone={outcome.tone}
        action={
          <span className="flex basis-full flex-wrap justify-end gap-2">
            {takeBack !== null && (
              <Button aria-keyshortcuts="Control+Z" onClick={takeBack}>
                Undo
              </Button>
            )}
            <Button look="quiet" onClick={onRead}>
              I have read it
            </Button>
          </span>
        }
      >
        {outcome.sentence}
        {outcome.refused.length > 0 && (
          <ul
            aria-label="What was not decided"
            className="mt-1 flex max-h-40 flex-col gap-1 overflow-y-auto text-dense"
          >
            {outcome.refused.map(({ id, headline, why }) => (
              <li key={id}>
                <span className="font-medium">
                  <VisibleText text={headline} />
                </span>
                : {why}
              </li>
            ))}
          </ul>
        )}
      </Notice>
    </div>
  );
}
