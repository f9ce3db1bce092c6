import { calendarBodySchema, type CalendarItem, type SetCalendar } from "@/core/contracts/calendar";
import { byWeekday, ofTheTeam, weekdays, type Holiday, type Weekday } from "@/core/schedule/calendar";
import { slugOf } from "@/core/slug-of";

/** As the browser's time controls say it: "00:00" as the end is midnight. */
export interface TypedInterval {
  from: string;
  to: string;
}

/** What somebody typed. */
export interface CalendarDraft {
  name: string;
  zone: string;
  isDefault: boolean;
  /** A day without any is closed. */
  hours: Readonly<Record<Weekday, readonly TypedInterval[]>>;
  /** A line each: "2026-12-25 Christmas", or "12-25 Christmas" for every year. */
  holidays: string;
}

export type CalendarProblems = Partial<Record<"name" | "zone" | "holidays" | Weekday, string>>;

const usual: TypedInterval = { from: "09:00", to: "17:00" };

/** Monday to Friday, nine to five. */
export function newCalendar(zone: string, isDefault: boolean): CalendarDraft {
  return { name: "", zone, isDefault, hours: byWeekday((_, index) => (index < 5 ? [usual] : [])), holidays: "" };
}

export function draftOf({ name, zone, is_default, hours, holidays }: CalendarItem): CalendarDraft {
  return {
    name,
    zone,
    isDefault: is_default,
    hours: byWeekday((day) => (hours[day] ?? []).map(({ from, to }) => ({ from, to: to === "24:00" ? "00:00" : to }))),
    holidays: holidays.map(holidayLine).join("\n"),
  };
}

/** One more for a day: after the last one, or the usual hours. */
export function nextInterval(intervals: readonly TypedInterval[]): TypedInterval {
  const last = intervals.at(-1);
  return last === undefined ? usual : { from: last.to, to: "00:00" };
}

/** What steps will call a new calendar: after its name, and unlike all others. */
export function freeSlug(name: string, taken: readonly string[]): string {
  const base = slugOf(name, "-", 50).replace(/^(?=\d)/, "hours-") || "hours";
  const isFree = (slug: string) => slug !== ofTheTeam && !taken.includes(slug);
  for (let count = 1; ; count += 1) {
    const slug = count === 1 ? base : `${base}-${String(count)}`;
    if (isFree(slug)) return slug;
  }
}

type Body = Omit<SetCalendar, "slug">;

/** As it is sent, or what is to be put right before, by field. */
export function readCalendar(
  draft: CalendarDraft,
): { ok: true; body: Body } | { ok: false; problems: CalendarProblems } {
  const { holidays, problem } = readHolidays(draft.holidays);
  const open = weekdays.filter((day) => draft.hours[day].length > 0);
  const hours = Object.fromEntries(
    open.map((day) => [day, draft.hours[day].map(({ from, to }) => ({ from, to: to === "00:00" ? "24:00" : to }))]),
  );
  const read = calendarBodySchema.safeParse({
    name: draft.name,
    zone: draft.zone.trim(),
    hours,
    holidays,
    is_default: draft.isDefault,
  });
  if (read.success && problem === null) return { ok: true, body: read.data };
  const problems: CalendarProblems = problem === null ? {} : { holidays: problem };
  for (const { path, message } of read.error?.issues ?? []) problems[fieldOf(path)] ??= message;
  return { ok: false, problems };
}

function fieldOf([field, day]: readonly PropertyKey[]): keyof CalendarProblems {
  if (field === "name" || field === "zone" || field === "holidays") return field;
  return weekdays.find((each) => each === day) ?? "monday";
}

/** The year of a holiday that comes every year: one with a 29 February. */
const anyYear = "2024";

function holidayLine({ date, name, yearly }: Holiday): string {
  return `${yearly === true ? date.slice(5) : date} ${name}`;
}

function readHolidays(text: string): { holidays: Holiday[]; problem: string | null } {
  const lines = text.split("\n").map((line) => line.trim());
  const holidays: Holiday[] = [];
  for (const [index, line] of lines.entries()) {
    if (line === "") continue;
    const [, year, day, name] = /^(?:(\d{4})-)?(\d{2}-\d{2})\s+(\S.*)$/.exec(line) ?? [];
    if (day === undefined || name === undefined || Number.isNaN(Date.parse(`${year ?? anyYear}-${day}`)))
      return {
        holidays,
        problem: `Line ${String(index + 1)}: write a date and a name, such as 2026-12-25 Christmas.`,
      };
    holidays.push(
      year === undefined ? { date: `${anyYear}-${day}`, name, yearly: true } : { date: `${year}-${day}`, name },
    );
  }
  return { holidays, problem: null };
}
