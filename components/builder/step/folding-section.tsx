"use client";
import { ChevronRight } from "lucide-react";
import { useId, type ReactNode } from "react";

interface FoldingSectionProps {
  title: string;
  /** What it says while folded. */
  summary?: string | undefined;
  open: boolean;
  onOpen: (open: boolean) => void;
  children: ReactNode;
}

/** A part of the panel that folds away. */
export function FoldingSection({ title, summary, open, onOpen, children }: FoldingSectionProps) {
  const id = useId();
  return (
    <section className="border-t">
      <h3>
        <button
          type="button"
          aria-expanded={open}
          aria-controls={id}
          onClick={() => onOpen(!open)}
          className="flex min-h-11 w-full items-center gap-2 px-4 text-left hover:bg-sunken focus-visible:-outline-offset-2"
        >
          <ChevronRight size={16} aria-hidden className={`shrink-0 text-ink-2 ${open ? "rotate-90" : ""}`} />
          <span className="shrink-0 font-semibold">{title}</span>
          {!open && summary !== undefined && <span className="min-w-0 truncate text-label text-ink-3">{summary}</span>}
        </button>
      </h3>
      {open && (
        <div id={id} className="flex flex-col gap-5 px-4 pt-1 pb-6">
          {children}
        </div>
      )}
    </section>
  );
}
