"use client";
import { useEffect, useRef, type ReactNode } from "react";

/** A form that the public fills in: who asks, what it is called, and the questions. */
export function IntakeFrame({
  organization,
  title,
  arrives = false,
  children,
}: {
  organization: string;
  title: string;
  /** It takes the place of something else that may have had the focus. */
  arrives?: boolean;
  children: ReactNode;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (arrives && document.activeElement === document.body) heading.current?.focus({ preventScroll: true });
  }, [arrives]);
  return (
    <main className="mx-auto flex max-w-[680px] flex-col gap-5 px-4 py-8 max-sm:text-reading sm:py-12">
      <header>
        <p className="text-dense text-ink-2">{organization}</p>
        <h1 ref={heading} tabIndex={-1} className="text-heading font-semibold [overflow-wrap:anywhere]">
          {title}
        </h1>
      </header>
      {children}
    </main>
  );
}
