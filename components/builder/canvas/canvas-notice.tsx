"use client";
import { useEffect, useState } from "react";
import { useBuilder } from "@/components/builder/state/use-builder";

const shownMs = 5_000;

/** What just happened, in the corner for those who see it; screen readers get it from the page's live region. */
export function CanvasNotice() {
  const text = useBuilder((state) => state.announcement);
  const document = useBuilder((state) => state.document);
  const [gone, setGone] = useState<{ text: string; document: unknown } | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setGone({ text, document }), shownMs);
    return () => clearTimeout(timer);
  }, [text, document]);
  if (text === "" || (gone?.text === text && gone.document === document)) return null;
  return (
    <p
      aria-hidden
      className="pointer-events-none absolute bottom-4 left-1/2 z-20 max-w-[min(560px,calc(100%-32px))] -translate-x-1/2 animate-arrive rounded-control bg-ink px-3.5 py-2 text-dense text-ground"
    >
      {text}
    </p>
  );
}
