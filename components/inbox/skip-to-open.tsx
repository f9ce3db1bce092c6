"use client";
import { focusOpenDecision, openDecisionId } from "./inbox-focus";

/** Past all the cards, for those who come by keyboard. On a narrow screen the list stands alone. */
export function SkipToOpen() {
  return (
    <a
      href={`#${openDecisionId}`}
      onClick={(event) => {
        event.preventDefault();
        focusOpenDecision();
      }}
      className="sr-only z-50 rounded-control bg-ink px-4 py-2 text-ground focus:not-sr-only focus:fixed focus:top-2 focus:left-2 max-md:hidden"
    >
      Skip to the open decision
    </a>
  );
}
