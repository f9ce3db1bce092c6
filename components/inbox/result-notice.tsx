"use client";
import { useRef } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { VisibleText } from "@/components/ui/visible-text";
import { useFocusKept } from "./inbox-focus";
import type { DecisionResult } from "./use-decision";

/** The decision that can be taken back for a moment. */
export interface Undo {
  /** What was decided on, as its card said it. */
  about: string;
  takeBack: () => void;
}

/** What came of a decision, which can be taken back for a moment (`undo`). Whose sign-in has ended signs in beside this page, and loses nothing of what was written on it. */
export function ResultNotice({ result, undo = null }: { result: DecisionResult; undo?: Undo | null }) {
  return (
    <Notice tone={result.tone} action={undo && <UndoButton undo={undo} />}>
      {result.sentence}
      {result.needsSignIn === true && (
        <>
          {" "}
          <a href="/sign-in" target="_blank" rel="noopener" className="font-medium underline underline-offset-2">
            Sign in in a new tab
          </a>
          . What you wrote stays here: come back, and press again.
        </>
      )}
    </Notice>
  );
}

function UndoButton({ undo }: { undo: Undo }) {
  const part = useRef<HTMLDivElement>(null);
  // It goes by itself when the time is over.
  useFocusKept(part);
  return (
    <div ref={part} className="flex basis-full items-center justify-between gap-3">
      <span className="truncate text-dense text-ink-2">
        <VisibleText text={undo.about} />
      </span>
      <Button aria-keyshortcuts="Control+Z" onClick={undo.takeBack}>
        Undo
      </Button>
    </div>
  );
}
