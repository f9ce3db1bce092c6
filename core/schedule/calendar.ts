import { Temporal } from "temporal-polyfill";
import { z } from "zod";
import { isTimeZone } from "@/core/schedule/cron";

/** How large a calendar may be. */
export const calendarLimits = { calendars: 50, name: 60, intervals: 4, holidays: 300, holidayName: 80 } as const;

/** Monday first, as ISO-8601 counts the days of a week. */
export const weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;
export type Weekday = (typeof weekdays)[number];

export function byWeekday<T>(of: (day: Weekday, index: number) => T): Record<Weekday, T> {
  return {
    monday: of("monday", 0),
    tuesday: of("tuesday", 1),
    wednesday: of("wednesday", 2),
    thursday: of("thursday", 3),
    friday: of("friday", 4),
    saturday: of("saturday", 5),
    sunday: of("sunday", 6),
  };
}

const clockTime = z
  .string()
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, "Write a time of day like 09:00; 24:00 is the end of the day.");

const intervalSchema = z
  .strictObject({ from: clockTime, to: clockTime })
  .refine(({ from, to }) => from < to, { path: ["to"], message: "It ends before it begins. Choose a later end." });
/** On the clock of the calendar's zone; the end is not part of it. */
export type WorkingInterval = z.output<typeof intervalSchema>;

const dayHours = z
  .array(intervalSchema)
  .max(calendarLimits.intervals)
  .refine((intervals) => intervals.every(({ from }, index) => from >= (intervals[index - 1]?.to ?? "")), {
    message: "The hours of a day follow each other: each begins when the one before it has ended.",
  });

const openDay = dayHours.optional();

const hoursSchema = z
  .strictObject(byWeekday(() => openDay))
  .refine((hours) => weekdays.some((day) => (hours[day] ?? []).length > 0), {
    message: "Nobody would ever work. Give the hours of at least one day.",
  });

const dateSchema = z.string().refine(isDate, "Write a date like 2026-12-25.");

const holidaySchema = z.strictObject({
  date: dateSchema,
  name: z.string().trim().min(1, "Say which holiday it is.").max(calendarLimits.holidayName),
  yearly: z.boolean().optional().describe("The same day and month of every year"),
});
export type Holiday = z.output<typeof holidaySchema>;

/** When people work: the hours of each weekday, without those of its holidays. A day that is left out is closed. */
export const workingCalendarSchema = z.strictObject({
  zone: z
    .string()
    .max(60)
    .refine(isTimeZone, "This is not a time zone. Use a name such as Asia/Jakarta, or UTC.")
    .describe("IANA name, e.g. Europe/Berlin"),
  hours: hoursSchema,
  holidays: z.array(holidaySchema).max(calendarLimits.holidays).default([]),
});
export type WorkingCalendar = z.output<typeof workingCalendarSchema>;

/** What steps call a calendar. `team` means the one of the team that is asked. */
export const ofTheTeam = "team";

export const calendarSlugSchema = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,59}$/, "Begin with a letter, and use small letters, digits and - only.")
  .refine((slug) => slug !== ofTheTeam, `“${ofTheTeam}” means the calendar of the team that is asked.`);

/** A calendar of an organization as it is at this moment. */
export interface NamedCalendar extends WorkingCalendar {
  slug: string;
  name: string;
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    Temporal.PlainDate.from(text);
    return true;
  } catch {
    return false;
  }
}
