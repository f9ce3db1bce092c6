import type { ReactNode } from "react";

/** Title of a page, a line below it, and its actions at the right. */
export function PageHeader({ title, note, actions }: { title: string; note?: ReactNode; actions?: ReactNode }) {
  return (
    <div className="mb-6 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        <h1 className="text-heading font-semibold [overflow-wrap:anywhere]">{title}</h1>
        {note && <div className="mt-0.5 text-ink-2">{note}</div>}
      </div>
      {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </div>
  );
}

/** Content width of pages inside the shell. */
export function Page({ children }: { children: ReactNode }) {
  return <div className="mx-auto max-w-[1200px] px-4 py-6 md:px-8 md:py-8">{children}</div>;
}
