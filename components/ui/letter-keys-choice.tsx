"use client";
import { createContext, use, useState, type ReactNode } from "react";
import { letterKeysCookie, type LetterKeys } from "./letter-keys";

interface Choice {
  letterKeys: LetterKeys;
  choose: (letterKeys: LetterKeys) => void;
}

const Chosen = createContext<Choice>({ letterKeys: "on", choose: () => undefined });

/** Keeps the choice for the pages below it. A cookie keeps it for the next ones, so that the server draws the right hints at once. */
export function LetterKeysProvider({ initial, children }: { initial: LetterKeys; children: ReactNode }) {
  const [letterKeys, setLetterKeys] = useState(initial);
  const choose = (next: LetterKeys) => {
    document.cookie = `${letterKeysCookie}=${next}; path=/; max-age=31536000; samesite=lax`;
    setLetterKeys(next);
  };
  return <Chosen value={{ letterKeys, choose }}>{children}</Chosen>;
}

/** Whether keys of one letter do something, and how to change that. */
export const useLetterKeys = (): Choice => use(Chosen);

/** What a control that a letter presses says of it; nothing while letters do nothing. */
export function useKeyHint(key: string): { "aria-keyshortcuts"?: string } {
  return useLetterKeys().letterKeys === "on" ? { "aria-keyshortcuts": key } : {};
}
