import { CircleAlert, CircleCheck, Info, type LucideIcon } from "lucide-react";
import { clsx } from "clsx";
import type { ReactNode } from "react";
import { toneTint, type Tone } from "./tone";

/** A sentence that stays on the page: the result of a decision, a refusal, a banner. */
export function Notice({ tone, children, action }: { tone: Tone; children: ReactNode; action?: ReactNode }) {
  const Icon = icons[tone] ?? Info;
  return (
    <div
      className={clsx(
        "flex animate-arrive flex-wrap items-start gap-x-2.5 gap-y-1 rounded-control px-3.5 py-2.5 text-body",
        toneTint[tone],
      )}
    >
      <Icon size={18} aria-hidden className="mt-px shrink-0" />
      <div role={tone === "failed" ? "alert" : "status"} className="min-w-0 flex-[1_1_200px] break-words">
        {children}
      </div>
      {action}
    </div>
  );
}

const icons: Partial<Record<Tone, LucideIcon>> = { failed: CircleAlert, completed: CircleCheck };
