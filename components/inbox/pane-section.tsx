import type { ReactNode } from "react";

/** A part of what is open, under its heading. */
export function PaneSection({ title, note, children }: { title: string; note?: string; children: ReactNode }) {
  return (
    <section>
      <h3 className="mb-1 text-dense font-semibold">{title}</h3>
      {note !== undefined && <p className="mb-1 text-dense text-ink-2">{note}</p>}
      {children}
    </section>
  );
}
