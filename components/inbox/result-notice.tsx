import { Notice } from "@/components/ui/notice";
import type { DecisionResult } from "./use-decision";

/** What came of a decision. Whose sign-in has ended signs in beside this page, and loses nothing of what was written on it. */
export function ResultNotice({ result }: { result: DecisionResult }) {
  return (
    <Notice tone={result.tone}>
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
