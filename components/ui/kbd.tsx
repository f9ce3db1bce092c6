"use client";
import type { ReactNode } from "react";
import { useLetterKeys } from "./letter-keys-choice";

/** A letter to press, while letters do something; screen readers get it from aria-keyshortcuts of the control instead. */
export function Kbd({ children, onInk = false }: { children: ReactNode; onInk?: boolean }) {
  if (useLetterKeys().letterKeys === "off") return null;
  return (
    <kbd
      aria-hidden
      className={`hidden h-5 min-w-5 items-center justify-center rounded-chip border px-1 font-sans text-label font-medium sm:inline-flex ${onInk ? "border-ink-3 text-ground" : "border-hairline text-ink-3"}`}
    >
      {children}
    </kbd>
  );
}
