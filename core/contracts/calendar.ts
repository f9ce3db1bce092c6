import { z } from "zod";
import type { JsonObject } from "@/core/json";
import { calendarLimits, calendarSlugSchema, workingCalendarSchema } from "@/core/schedule/calendar";

export const calendarNameSchema = z.strictObject({ slug: calendarSlugSchema });

const facts = {
  name: z.string().trim().min(1, "Give it a name.").max(calendarLimits.name),
  ...workingCalendarSchema.shape,
};

export const calendarBodySchema = z.strictObject({
  ...facts,
  is_default: z
    .boolean()
    .default(false)
    .describe("Counts for teams without a calendar of their own; the one that did so before does no more"),
  revision: z
    .int()
    .min(0)
    .max(2_147_483_647)
    .optional()
    .describe("The revision that was read, 0 for a new one; given, it is refused when somebody else changed it since"),
});
export const setCalendarSchema = calendarBodySchema.extend(calendarNameSchema.shape);
export type SetCalendar = z.output<typeof setCalendarSchema>;

export const calendarSchema = z.object({
  slug: z.string(),
  ...facts,
  is_default: z.boolean(),
  revision: z.int(),
  updated_at: z.string(),
  updated_by: z.string(),
  teams: z.array(z.object({ id: z.uuid(), name: z.string() })).describe("Teams that work by it"),
  used_by: z
    .array(z.object({ slug: z.string(), name: z.string() }))
    .describe("Live workflows with a step that names it"),
});
export const countsBySchema = z.object({ name: z.string(), zone: z.string() });
/** The calendar by which the time of a question was counted, as it was called then. */
export type CountsBy = z.output<typeof countsBySchema>;

/** What is kept of it with a question; null where every hour counted. */
export function countsBy(request: JsonObject): CountsBy | null {
  return countsBySchema.safeParse(request["calendar"]).data ?? null;
}

export type CalendarItem = z.output<typeof calendarSchema>;
