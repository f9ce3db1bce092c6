import { parseDuration } from "@/core/schedule/duration";

export const durationUnits = ["seconds", "minutes", "hours", "days", "weeks", "months", "years"] as const;
export type DurationUnit = (typeof durationUnits)[number];

/** A length of time as a person enters it. */
export interface DurationValue {
  amount: number;
  unit: DurationUnit;
}

/** A unit that always lasts as long. */
export type FixedUnit = Exclude<DurationUnit, "months" | "years">;

/** Milliseconds of each. */
export const unitMs: Readonly<Record<FixedUnit, number>> = {
  seconds: 1_000,
  minutes: 60_000,
  hours: 3_600_000,
  days: 86_400_000,
  weeks: 604_800_000,
};

/** `PT90M` -> 90 minutes: the largest unit that needs no fraction. Null for what no single unit says. */
export function readDuration(iso: string): DurationValue | null {
  const written = /^P(?:T(\d+)([HMS])|(\d+)([DWMY]))$/.exec(iso.trim());
  if (written) {
    const [, clock, clockUnit, calendar, calendarUnit] = written;
    const unit = isoUnits[`${clockUnit === undefined ? "" : "T"}${clockUnit ?? calendarUnit ?? ""}`];
    return unit === undefined ? null : { amount: Number(clock ?? calendar), unit };
  }
  const ms = parseDuration(iso);
  return ms === null || ms < 0 ? null : durationOfMs(ms);
}

/** In the largest unit that says it without a fraction, up to days. */
export function durationOfMs(ms: number): { amount: number; unit: FixedUnit } {
  const unit = (["days", "hours", "minutes"] as const).find((each) => ms % unitMs[each] === 0 && ms > 0) ?? "seconds";
  return { amount: ms / unitMs[unit], unit };
}

const isoUnits: Record<string, DurationUnit | undefined> = {
  TS: "seconds",
  TM: "minutes",
  TH: "hours",
  D: "days",
  W: "weeks",
  M: "months",
  Y: "years",
};

/**
 * 90 minutes -> `PT90M`. A fraction is written in a smaller unit, since ISO-8601 allows fractions of seconds only; half a year as months,
 * and months, of which none is as long as the next, whole.
 */
export function writeDuration({ amount, unit }: DurationValue): string {
  if (unit === "years" && !Number.isInteger(amount)) return writeDuration({ amount: amount * 12, unit: "months" });
  if (unit === "months" || unit === "years")
    return `P${String(Math.max(1, Math.round(amount)))}${unit === "months" ? "M" : "Y"}`;
  if (!Number.isInteger(amount) && unit !== "seconds") {
    const smaller = smallerUnit[unit];
    return writeDuration({ amount: (amount * unitMs[unit]) / unitMs[smaller], unit: smaller });
  }
  const rounded = Math.round(amount * 1_000) / 1_000;
  if (unit === "weeks") return `P${rounded}W`;
  if (unit === "days") return `P${rounded}D`;
  return `PT${rounded}${{ seconds: "S", minutes: "M", hours: "H" }[unit]}`;
}

const smallerUnit = { minutes: "seconds", hours: "minutes", days: "hours", weeks: "days" } as const;

/** "90 minutes", "1 day". */
export function durationWords({ amount, unit }: DurationValue): string {
  return `${amount} ${amount === 1 ? unit.slice(0, -1) : unit}`;
}
