/** Milliseconds of each unit, smallest first. */
export const ageUnits = { seconds: 1_000, minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const;
export type AgeUnit = keyof typeof ageUnits;

/** The largest unit that says an age in whole numbers. */
export function readAge(ms: number | null): { amount: number; unit: AgeUnit } | null {
  if (ms === null) return null;
  const unit = (["days", "hours", "minutes"] as const).find((each) => ms % ageUnits[each] === 0) ?? "seconds";
  return { amount: ms / ageUnits[unit], unit };
}
