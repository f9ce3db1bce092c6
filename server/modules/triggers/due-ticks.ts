import { latestOccurrences, nextOccurrences } from "@/core/schedule/cron";
import type { Trigger } from "@/core/workflow/document";

/** A tick that is not older than this came in time, however busy the worker was. */
const inTimeMs = 60_000;
/** Most ticks that are caught up on after a downtime. */
const maxCaughtUp = 100;

export interface DueTicks {
  /** Ticks to fire now, oldest first. */
  fire: number[];
  /** The tick after now; null when there is none. */
  next: number | null;
}

/**
 * What a schedule owes at `now` since the tick it was waiting for, by its rule for missed ticks. Times in ms.
 * @param upSince since when this process looks after schedules: an earlier tick was missed, however short ago
 */
export function dueTicks(
  trigger: Pick<Trigger, "cron" | "timezone" | "missed">,
  since: number,
  now: number,
  upSince = 0,
): DueTicks {
  const [cron, zone] = [trigger.cron ?? "", trigger.timezone ?? "UTC"];
  const due = latestOccurrences(cron, zone, since, now, maxCaughtUp);
  const [next] = nextOccurrences(cron, zone, now, 1);
  return { fire: wanted[trigger.missed ?? "last"](due, now, upSince), next: next ?? null };
}

const inTime = (due: readonly number[], now: number): number[] => due.filter((tick) => now - tick <= inTimeMs);

type Rule = (due: readonly number[], now: number, upSince: number) => number[];

const wanted: Readonly<Record<NonNullable<Trigger["missed"]>, Rule>> = {
  all: (due) => [...due],
  none: (due, now, upSince) => inTime(due, now).filter((tick) => tick >= upSince),
  last(due, now) {
    const current = inTime(due, now);
    return current.length > 0 ? current : due.slice(-1);
  },
};
