import { useState } from "react";

/** What somebody is writing about one approval. */
export interface DecisionDraft {
  comment: string;
  messageToRequester: string;
  /** In the window of the rejection. Its own words: what was meant for a no never goes out with a yes. Null: it was not written to yet. */
  rejection: { comment: string; messageToRequester: string } | null;
}

const nothing: DecisionDraft = { comment: "", messageToRequester: "", rejection: null };

/** Drafts by the id of their approval: none is ever found under another one. */
export function createDrafts() {
  const drafts = new Map<string, DecisionDraft>();
  return {
    of: (id: string): DecisionDraft => drafts.get(id) ?? nothing,
    keep: (id: string, draft: DecisionDraft): void => void drafts.set(id, draft),
    forget: (id: string): void => void drafts.delete(id),
  };
}

/** Of this page, until it is loaded anew: moving to another approval and coming back loses nothing. */
const drafts = createDrafts();

/** What is being written about one approval, and a way to write more. */
export function useDecisionDraft(id: string): { draft: DecisionDraft; write: (part: Partial<DecisionDraft>) => void } {
  const [draft, setDraft] = useState(() => drafts.of(id));
  const write = (part: Partial<DecisionDraft>) => {
    const next = { ...drafts.of(id), ...part };
    drafts.keep(id, next);
    setDraft(next);
  };
  return { draft, write };
}

/** It is decided: what was written has been sent. */
export const forgetDraft = (id: string): void => drafts.forget(id);
