import { useState } from "react";
import { asObject, type Json, type JsonObject } from "@/core/json";
import { isJsonObject } from "@/core/json-guard";
import { formDrafts, type DraftStore } from "@/components/data/draft-store";

/** What somebody is writing about one approval. */
export interface DecisionDraft {
  comment: string;
  messageToRequester: string;
  /** In the window of the rejection. Its own words: what was meant for a no never goes out with a yes. Null: it was not written to yet. */
  rejection: { comment: string; messageToRequester: string } | null;
}

/** Drafts by the id of their approval: none is ever found under another one. */
export function createDrafts(store: Pick<DraftStore, "read" | "write" | "remove">) {
  const nameOf = (id: string): string => `decision ${id}`;
  return {
    of: (id: string): DecisionDraft => readDraft(store.read(nameOf(id))),
    keep: (id: string, { comment, messageToRequester, rejection }: DecisionDraft): void =>
      store.write(nameOf(id), { comment, messageToRequester, rejection: rejection && { ...rejection } }),
    forget: (id: string): void => store.remove(nameOf(id)),
  };
}

/** Of this tab: neither moving to another approval nor a reload loses anything. */
const drafts = createDrafts(formDrafts);

function readDraft(kept: Json): DecisionDraft {
  const { rejection } = asObject(kept);
  return { ...wordsIn(asObject(kept)), rejection: isJsonObject(rejection) ? wordsIn(rejection) : null };
}

function wordsIn({ comment, messageToRequester }: JsonObject): Omit<DecisionDraft, "rejection"> {
  const text = (value: Json | undefined): string => (typeof value === "string" ? value : "");
  return { comment: text(comment), messageToRequester: text(messageToRequester) };
}

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
