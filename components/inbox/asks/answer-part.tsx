"use client";
import { useRef, type ReactNode } from "react";
import { useFocusKept } from "../inbox-focus";

/** Where something is answered: it goes when somebody else was faster, and the focus goes on to what is left. */
export function AnswerPart({ children }: { children: ReactNode }) {
  const part = useRef<HTMLDivElement>(null);
  useFocusKept(part);
  return <div ref={part}>{children}</div>;
}
