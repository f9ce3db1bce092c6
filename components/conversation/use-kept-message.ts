"use client";
import { useState } from "react";
import { formDrafts } from "@/components/data/draft-store";

/** A message that is being written to `whom`, kept in the tab until it is sent: a reload does not lose it. */
export function useKeptMessage(whom: string): { text: string; onText: (text: string) => void } {
  const name = `message ${whom}`;
  const [text, setText] = useState(() => {
    const kept = formDrafts.read(name);
    return typeof kept === "string" ? kept : "";
  });
  return {
    text,
    onText: (next) => {
      setText(next);
      if (next === "") formDrafts.remove(name);
      else formDrafts.write(name, next);
    },
  };
}
