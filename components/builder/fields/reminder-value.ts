import { durationWords, readDuration, writeDuration, type DurationUnit } from "./duration-value";

/** As people enter when somebody is reminded: a share of the time, or how long before its end. */
export const reminderUnits = ["percent", "minutes", "hours", "days"] as const;
export type ReminderUnit = (typeof reminderUnits)[number];

interface ReminderValue {
  amount: number;
  unit: ReminderUnit;
}

/** `50%` -> 50 percent, `PT4H` -> 4 hours. Null for what none of the units says. */
export function readReminder(text: string): ReminderValue | null {
  const [, share] = /^(\d+(?:\.\d+)?) ?%$/.exec(text.trim()) ?? [];
  if (share !== undefined) return { amount: Number(share), unit: "percent" };
  const duration = readDuration(text);
  const unit = duration === null ? undefined : reminderUnits.find((each) => each === duration.unit);
  return duration === null || unit === undefined ? null : { amount: duration.amount, unit };
}

export function writeReminder({ amount, unit }: ReminderValue): string {
  return unit === "percent" ? `${String(amount)}%` : writeDuration({ amount, unit: unit satisfies DurationUnit });
}

/** "After 50% of the time", "4 hours before". */
export function reminderWords(text: string): string {
  const value = readReminder(text);
  if (value === null) return text;
  const { amount, unit } = value;
  return unit === "percent" ? `After ${String(amount)}% of the time` : `${durationWords({ amount, unit })} before`;
}
