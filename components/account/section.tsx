import type { ReactNode } from "react";

/** A part of a settings page: heading, a line below it, actions at the right. */
export function Section({
  title,
  note,
  actions,
  children,
}: {
  title: string;
  note: string;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="flex flex-col gap-4">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0 flex-[1_1_260px]">
          <h2 className="text-reading font-semibold">{title}</h2>
          <p className="text-ink-2">{note}</p>
        </div>
        {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
      </div>
      {children}
    </section>
  );
}
