import { weekdays, type WorkingCalendar, type WorkingInterval } from "@/core/schedule/calendar";

/** "Monday" -> "Mon". */
function short(day: string): string {
  return day.charAt(0).toUpperCase() + day.slice(1, 3);
}

/** `[{from: "09:00", to: "17:00"}]` -> "09:00–17:00"; "all day"; empty where it is closed. */
function dayWords(intervals: readonly WorkingInterval[]): string {
  return intervals
    .map(({ from, to }) => (from === "00:00" && to === "24:00" ? "all day" : `${from}–${to}`))
    .join(" and ");
}

/** "Mon–Fri 09:00–17:00, Sat 10:00–14:00": days that follow each other with the same hours stand together. */
export function hoursWords({ hours }: Pick<WorkingCalendar, "hours">): string {
  const runs: { first: string; last: string; words: string }[] = [];
  let before: string | null = null;
  for (const day of weekdays) {
    const words = dayWords(hours[day] ?? []);
    const run = runs.at(-1);
    if (words !== "" && run !== undefined && words === before) run.last = day;
    else if (words !== "") runs.push({ first: day, last: day, words });
    before = words;
  }
  return runs
    .map(({ first, last, words }) => `${first === last ? short(first) : `${short(first)}–${short(last)}`} ${words}`)
    .join(", ");
}
