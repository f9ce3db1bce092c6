import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { DecisionResult } from "./use-decision";

/** What came of a decision, which can be taken back for a moment (`onUndo`). Whose sign-in has ended signs in beside this page, and loses nothing of what was written on it. */
export function ResultNotice({ result, onUndo = null }: { result: DecisionResult; onUndo?: (() => void) | null }) {
  return (
    <Notice
      tone={result.tone}
      action={
        onUndo && (
          <Button aria-keyshortcuts="Control+Z" onClick={onUndo}>
            Undo
          </Button>
        )
      }
    >
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
