import { addIsoDuration, isDuration } from "@/core/schedule/duration";
import type { WorkingCalendar } from "@/core/schedule/calendar";
import { addWorkingTime, workingDurationBefore, workingTimeBetween } from "@/core/schedule/working-time";
import type { Issue } from "@/core/workflow/document";
import type { ApprovalConfig } from "./config";

type Problem = Omit<Issue, "nodeId">;

const mostReminders = 5;

/** When those who are asked are reminded: what lies between the asking and the deadline, earliest first. Without a calendar every hour counts. */
export function reminderTimes(
  remindAt: readonly string[] | undefined,
  { from, dueAt, calendar }: { from: number; dueAt: number | undefined; calendar: WorkingCalendar | null },
): string[] {
  if (remindAt === undefined || dueAt === undefined) return [];
  const length = calendar === null ? dueAt - from : workingTimeBetween(calendar, from, dueAt);
  const times = remindAt.map((text) => {
    const share = shareOf(text);
    if (share === null) return before(dueAt, text, calendar, from);
    const part = (length * share) / 100;
    return calendar === null ? from + part : addWorkingTime(calendar, from, part);
  });
  const kept = times.filter((time): time is number => time !== null && time > from && time <= dueAt).map(Math.round);
  return [...new Set(kept)].sort((one, other) => one - other).map((time) => new Date(time).toISOString());
}

/** What is wrong with the reminders of an approval. */
export function reminderProblems({ remindAt = [], timeoutHours, timeout }: ApprovalConfig): Problem[] {
  const wrong = (path: string, message: string): Problem => ({
    code: "invalid_config",
    severity: "error",
    path,
    message,
  });
  if (remindAt.length === 0) return [];
  if (timeoutHours === undefined && timeout === undefined)
    return [
      wrong(
        "remindAt",
        "Reminders count to the deadline, but there is none. Give timeoutHours, or remove the reminders.",
      ),
    ];
  const length = timeoutHours === undefined ? lengthOf(timeout) : timeoutHours * 3_600_000;
  return [
    ...(remindAt.length > mostReminders
      ? [wrong("remindAt", `An approval reminds at most ${String(mostReminders)} times. Remove some of them.`)]
      : []),
    ...remindAt.flatMap((text, index) => {
      const fault = faultOf(text, length);
      return fault === null ? [] : [wrong(`remindAt[${String(index)}]`, fault)];
    }),
  ];
}

/** @param length how long people have, ms; null where that is filled in when the run gets there */
function faultOf(text: string, length: number | null): string | null {
  const share = shareOf(text);
  if (share !== null)
    return share > 0 && share <= 100
      ? null
      : `"${text}" is no part of the time: at its beginning people are asked, after its end it is over. Give a share above 0% and up to 100%.`;
  const early = isDuration(text) ? addIsoDuration(0, text) : null;
  if (early === null || early < 0)
    return `"${text}" says no time. Write a share of the time such as 50%, or how long before the end, such as PT4H (4 hours).`;
  return length !== null && early >= length
    ? `"${text}" before the end is before anybody is asked. Give a shorter time, or a later deadline.`
    : null;
}

/** `50%` -> 50; null for anything else. */
function shareOf(text: string): number | null {
  const [, share] = /^(\d{1,6}(?:\.\d{1,6})?) ?%$/.exec(text.trim()) ?? [];
  return share === undefined ? null : Number(share);
}

function before(dueAt: number, text: string, calendar: WorkingCalendar | null, from: number): number | null {
  if (calendar !== null) return workingDurationBefore(calendar, { from, end: dueAt }, text);
  return text.startsWith("-") ? null : addIsoDuration(dueAt, `-${text.replace(/^\+/, "")}`);
}

function lengthOf(timeout: string | undefined): number | null {
  return timeout === undefined || !isDuration(timeout) ? null : addIsoDuration(0, timeout);
}
