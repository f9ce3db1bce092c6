"use client";
import { Circle, CircleCheck } from "lucide-react";
import { Link } from "@/components/ui/link";
import type { FirstSteps } from "@/core/contracts/library";
import { buttonClass } from "@/components/ui/button-look";
import { Card } from "@/components/ui/card";
import { checklist } from "./checklist";

/** The way from nothing to a live workflow; gone once it was walked. */
export function FirstStepsCard({ steps }: { steps: FirstSteps }) {
  const entries = checklist(steps);
  const done = entries.filter((entry) => entry.done).length;
  const next = entries.find((entry) => !entry.done);
  if (!next) return null;
  return (
    <Card className="p-5">
      <div className="mb-3 flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 className="text-reading font-semibold">First steps</h2>
        <span className="text-dense text-ink-2">{`${String(done)} of ${String(entries.length)} done`}</span>
      </div>
      <ol className="flex flex-col gap-1">
        {entries.map((entry) => (
          <li key={entry.id} className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1">
            {entry.done ? (
              <CircleCheck size={18} aria-label="Done" className="shrink-0 text-completed" />
            ) : (
              <Circle size={18} aria-label="To do" className="shrink-0 text-ink-3" />
            )}
            <span className="min-w-0 flex-1">
              <span className={entry.done ? "text-ink-2" : "font-medium"}>{entry.title}</span>{" "}
              {!entry.done && <span className="text-dense text-ink-2">{entry.help}</span>}
            </span>
            {!entry.done && entry.href !== null && (
              <Link
                href={entry.href}
                className={buttonClass({ look: entry === next ? "primary" : "outline", size: "dense" })}
              >
                {entry.action}
              </Link>
            )}
          </li>
        ))}
      </ol>
    </Card>
  );
}
