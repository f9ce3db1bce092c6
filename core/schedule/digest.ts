import { z } from "zod";
import { weekdays, type Weekday } from "./calendar";
import { isTimeZone } from "./cron";

/** One mail about all that waits, on these days when the clock of the zone shows this time. */
export const digestSchema = z.strictObject({
  at: z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, "Write a time of day like 07:00."),
  days: z
    .array(z.enum(weekdays))
    .min(1, "Choose at least one day.")
    .max(weekdays.length)
    .transform((days): Weekday[] => weekdays.filter((day) => days.includes(day))),
  zone: z.string().max(60).refine(isTimeZone, "This is not a time zone. Use a name such as Asia/Jakarta, or UTC."),
});
export type Digest = z.output<typeof digestSchema>;
