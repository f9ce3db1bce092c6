import type { ReactNode } from "react";

/** A part of the page of a table: heading, a line below it. */
export function RulePart({ title, note, children }: { title: string; note: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-4">
      <div>
        <h2 className="text-reading font-semibold">{title}</h2>
        <p className="max-w-[720px] text-ink-2">{note}</p>
      </div>
      {children}
    </section>
  );
}
