import { useState } from "react";
import type { InboxItem } from "@/core/contracts/inbox";
import { focusList } from "./inbox-focus";
import { useBulk } from "./use-bulk";
import { useSelection } from "./use-selection";

/** What is selected, the window in which it is decided, and what came of it. `onDecided`: of these. */
export function useLot(items: readonly InboxItem[], onDecided: (ids: readonly string[]) => void) {
  const selection = useSelection(items);
  const [asking, setAsking] = useState<"approved" | "rejected" | null>(null);
  const bulk = useBulk({
    onDecided: (results) => {
      setAsking(null);
      // What was refused stays selected.
      selection.keep(results.filter((each) => "code" in each).map(({ id }) => id));
      onDecided(results.filter((each) => !("code" in each)).map(({ id }) => id));
    },
    onUndone: selection.keep,
  });
  return {
    selection,
    bulk,
    asking,
    ask: (decision: "approved" | "rejected") => {
      bulk.forgetProblem();
      setAsking(decision);
    },
    close: () => setAsking(null),
    /** Where the focus goes from its window: what it was opened from may be gone. */
    finalFocus: () => {
      focusList();
      return false;
    },
  };
}
