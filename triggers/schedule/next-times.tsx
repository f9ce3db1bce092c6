"use client";
import type { Trigger } from "@/core/workflow/document";
import { useClock } from "@/components/ui/clock";
import { relativeWords } from "@/components/ui/time-words";
import { scheduleDefinition } from "./definition";
import { tickWords } from "./tick-words";

const shown = 5;

/** "Next: Mon 23 Nov 2026, 09:00, in 14h" */
export function NextTime({ trigger }: { trigger: Trigger }) {
  const now = useClock();
  const [next] = timesOf(trigger, now, 1);
  if (next === undefined || now === 0) return null;
  return (
    <span>
      Next: {tickWords(next, trigger.timezone ?? "UTC")}, {relativeWords(next, now)}.
    </span>
  );
}

/** The next five times, in the schedule's zone. */
export function NextTimes({ trigger }: { trigger: Trigger }) {
  const now = useClock();
  const zone = trigger.timezone ?? "UTC";
  const times = timesOf(trigger, now, shown);
  if (times.length === 0) return null;
  return (
    <div className="flex flex-col gap-1.5">
      <h3 className="text-dense font-medium">Next times, {zone}</h3>
      <ol className="flex flex-col gap-0.5 text-dense text-ink-2">
        {times.map((at) => (
          <li key={at} className="figures flex justify-between gap-4 sm:max-w-96">
            <span>{tickWords(at, zone)}</span>
            <span className="text-ink-3">{relativeWords(at, now)}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}

/** As the draft has it; none while it is not right. */
function timesOf(trigger: Trigger, now: number, count: number): number[] {
  return scheduleDefinition.nextTimes?.(trigger, now, count) ?? [];
}
