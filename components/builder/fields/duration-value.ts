import { parseDuration } from "@/core/schedule/duration";

export const durationUnits = ["seconds", "minutes", "hours", "days", "weeks"] as const;
export type DurationUnit = (typeof durationUnits)[number];

/** A length of time as a person enters it. */
export interface DurationValue {
  amount: number;
  unit: DurationUnit;
}

const unitMs: Record<DurationUnit, number> = {
  seconds: 1_000,
  minutes: 60_000,
  hours: 3_600_000,
  days: 86_400_000,
  weeks: 604_800_000,
};

/** `PT90M` -> 90 minutes: the largest unit that needs no fraction. Null for what is no duration of fixed length. */
export function readDuration(iso: string): DurationValue | null {
  const written = /^P(?:T(\d+)([HMS])|(\d+)([DW]))$/.exec(iso.trim());
  if (written) {
    const [, clock, clockUnit, calendar, calendarUnit] = written;
    const unit = isoUnits[`${clockUnit === undefined ? "" : "T"}${clockUnit ?? calendarUnit ?? ""}`];
    return unit === undefined ? null : { amount: Number(clock ?? calendar), unit };
  }
  const ms = parseDuration(iso);
  if (ms === null || ms < 0) return null;
  const unit = [...durationUnits].reverse().find((each) => each !== "weeks" && ms % unitMs[each] === 0 && ms > 0);
  return { amount: ms / unitMs[unit ?? "seconds"], unit: unit ?? "seconds" };
}

const isoUnits: Record<string, DurationUnit | undefined> = {
  TS: "seconds",
  TM: "minutes",
  TH: "hours",
  D: "days",
  W: "weeks",
};

/** 90 minutes -> `PT90M`. A fraction is written in a smaller unit, since ISO-8601 allows fractions of seconds only. */
export function writeDuration({ amount, unit }: DurationValue): string {
  if (!Number.isInteger(amount) && unit !== "seconds") {
    const smaller = durationUnits[durationUnits.indexOf(unit) - 1] ?? "seconds";
    return writeDuration({ amount: (amount * unitMs[unit]) / unitMs[smaller], unit: smaller });
  }
  const rounded = Math.round(amount * 1_000) / 1_000;
  if (unit === "weeks") return `P${rounded}W`;
  if (unit === "days") return `P${rounded}D`;
  return `PT${rounded}${{ seconds: "S", minutes: "M", hours: "H" }[unit]}`;
}

/** "90 minutes", "1 day". */
export function durationWords({ amount, unit }: DurationValue): string {
  return `${amount} ${amount === 1 ? unit.slice(0, -1) : unit}`;
}
