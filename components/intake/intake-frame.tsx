import type { ReactNode } from "react";

/** A form that the public fills in: who asks, what it is called, and the questions. */
export function IntakeFrame({
  organization,
  title,
  children,
}: {
  organization: string;
  title: string;
  children: ReactNode;
}) {
  return (
    <main className="mx-auto flex max-w-[680px] flex-col gap-5 px-4 py-8 max-sm:text-reading sm:py-12">
      <header>
        <p className="text-dense text-ink-2">{organization}</p>
        <h1 className="text-heading font-semibold [overflow-wrap:anywhere]">{title}</h1>
      </header>
      {children}
    </main>
  );
}
