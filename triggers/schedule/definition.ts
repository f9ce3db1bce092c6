import { z } from "zod";
import { isTimeZone, nextOccurrences, validateCron } from "@/core/schedule/cron";
import { cronWarnings } from "@/core/schedule/cron-warnings";
import { cronWords } from "@/core/schedule/cron-words";
import type { Trigger } from "@/core/workflow/document";
import { defineTrigger } from "@/triggers/define-trigger";

export const scheduleDefinition = defineTrigger({
  type: "schedule",
  title: "Schedule",
  hint: "At set times, e.g. every weekday at 9",
  icon: "clock",
  menuPlace: 1,
  fields: {
    cron: z.string().optional(),
    timezone: z.string().optional(),
    missed: z.enum(["last", "all", "none"]).optional(),
    overlap: z.enum(["allow", "skip", "queue"]).optional(),
  },
  starter: { cron: "0 9 * * *", timezone: "UTC" },
  sentence({ cron = "", timezone = "UTC" }) {
    const checked = validateCron(cron, timezone);
    return checked.ok ? `${cronWords(cron)}, ${timezone}.` : "The schedule does not say when yet.";
  },
  detail: ({ cron, timezone = "UTC" }) => `${spokenCron(cron)} (${timezone})`,
  changeWords: (field, before, after) =>
    field === "cron" ? `Schedule: ${spokenCron(before.cron)}, now ${spokenCron(after.cron)}` : null,
  sees: { trigger: ["scheduledAt", "lastAt", "timezone"], request: false },
  mapping: {
    unmapped: "The run starts without input.",
    hint: "A fixed value, or ${trigger.scheduledAt} for the time it was due.",
    startsByName: false,
  },
  startedByMembers: false,
  isRequestable: false,
  mayTalk: false,
  hasSecret: false,
  nextTimes: ({ cron = "", timezone = "UTC" }, after, count) => nextOccurrences(cron, timezone, after, count),
  sameTimes: (before, after) => before.cron === after.cron && (before.timezone ?? "UTC") === (after.timezone ?? "UTC"),
  sample: ({ timezone = "UTC" }) => ({ scheduledAt: "2026-11-23T09:00:00.000Z", lastAt: null, timezone }),
  lint: scheduleProblems,
});

function scheduleProblems({
  cron,
  timezone = "UTC",
}: Trigger): ReturnType<NonNullable<typeof scheduleDefinition.lint>> {
  if (cron === undefined)
    return [
      {
        code: "invalid_config",
        severity: "error",
        path: "cron",
        message: "The schedule does not say when. Give cron, e.g. 0 9 * * 1-5 for every weekday at 9.",
      },
    ];
  const checked = validateCron(cron, timezone);
  if (!checked.ok)
    return [
      {
        code: "invalid_config",
        severity: "error",
        path: isTimeZone(timezone) ? "cron" : "timezone",
        message: checked.message,
      },
    ];
  return cronWarnings(cron).map((message) => ({
    code: "surprising_schedule",
    severity: "warning",
    path: "cron",
    message,
  }));
}

function spokenCron(cron: string | undefined): string {
  if (cron === undefined) return "no time";
  const words = cronWords(cron);
  return words.slice(0, 1).toLowerCase() + words.slice(1);
}
