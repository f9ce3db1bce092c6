import type { ReactNode } from "react";
import { Mark } from "@/components/ui/mark";

/** A page with one message: not found, broken, link no longer valid. */
export function CenteredPage({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  return (
    <main className="mx-auto flex min-h-dvh max-w-[480px] flex-col items-center justify-center gap-4 px-6 py-16 text-center">
      <Mark size={36} />
      <h1 className="text-heading font-semibold">{title}</h1>
      <p className="text-ink-2">{text}</p>
      {children}
    </main>
  );
}
