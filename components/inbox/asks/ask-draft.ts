"use client";
import { useState } from "react";
import { asObject } from "@/core/json";
import { formDrafts } from "@/components/data/draft-store";

/** What somebody is writing to answer one ask. */
export interface AskDraft {
  /** To the customer. */
  message: string;
  /** What came of it. */
  resolution: string;
  note: string;
  /** The answer that is chosen. */
  choice: string;
}

const nothing: AskDraft = { message: "", resolution: "", note: "", choice: "" };

/** What is being written, kept in the tab until it is sent: moving to another card, or a reload, loses nothing. */
export function useAskDraft(id: string): { draft: AskDraft; write: (part: Partial<AskDraft>) => void } {
  const [draft, setDraft] = useState(() => readAskDraft(id));
  const write = (part: Partial<AskDraft>) => {
    const next = { ...readAskDraft(id), ...part };
    formDrafts.write(nameOf(id), { ...next });
    setDraft(next);
  };
  return { draft, write };
}

export function readAskDraft(id: string): AskDraft {
  const kept = asObject(formDrafts.read(nameOf(id)));
  const text = (name: keyof AskDraft): string => {
    const value = kept[name];
    return typeof value === "string" ? value : nothing[name];
  };
  return { message: text("message"), resolution: text("resolution"), note: text("note"), choice: text("choice") };
}

/** It is answered: what was written has been sent. */
export function forgetAskDraft(id: string): void {
  formDrafts.remove(nameOf(id));
}

function nameOf(id: string): string {
  return `ask ${id}`;
}
