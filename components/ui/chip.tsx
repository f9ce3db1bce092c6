import { clsx } from "clsx";
import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { toneTint, type Tone } from "./tone";

/** A small label. A status always brings an icon and a word besides its colour. */
export function Chip({
  tone = "quiet",
  icon: Icon,
  spin = false,
  children,
  title,
}: {
  tone?: Tone;
  icon?: LucideIcon;
  spin?: boolean;
  children: ReactNode;
  title?: string;
}) {
  return (
    <span
      title={title}
      className={clsx(
        "inline-flex h-6 max-w-full items-center gap-1.5 rounded-chip px-2 text-label font-medium",
        toneTint[tone],
      )}
    >
      {Icon && <Icon size={13} strokeWidth={2.25} aria-hidden className={clsx("shrink-0", spin && "animate-turn")} />}
      <span className="truncate">{children}</span>
    </span>
  );
}
