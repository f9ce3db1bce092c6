import { clsx } from "clsx";
import type { ReactNode } from "react";

/** Facts in one line with dots between them; a dot never starts a line. Empty parts are left out. */
export function DottedLine({ parts, className }: { parts: ReactNode[]; className?: string }) {
  const present = parts.filter((part) => part !== null && part !== false && part !== "");
  return (
    <span className={clsx("flex flex-wrap gap-x-1.5", className)}>
      {present.map((part, position) => (
        <span key={position}>
          {part}
          {position < present.length - 1 && <span aria-hidden> ·</span>}
        </span>
      ))}
    </span>
  );
}
