import { z } from "zod";
import { addIsoDuration, isDuration } from "@/core/schedule/duration";
import type { Json, JsonObject } from "@/core/json";
import { isJsonObject } from "@/core/json-guard";
import { decisive } from "./decisive";
import type { Issue } from "./document";
import { timeRanges } from "./milliseconds";

/** How long a step waits for a person or an event, in either spelling. */
export const timeoutFields = {
  timeoutHours: z.number().positive().max(87_600).optional().describe("Hours to wait before onTimeout applies"),
  timeout: z.string().min(1).optional().describe("ISO-8601 duration to wait before onTimeout applies, e.g. PT24H"),
  calendar: z
    .string()
    .min(1)
    .max(60)
    .optional()
    .describe(
      "Working calendar by which the time counts: its slug, or `team` for the one of the team that is asked; left out, every hour counts",
    ),
};

/** Whom a step waits for: one reference or several. */
export const assigneeField = decisive(
  z
    .union([z.string().min(1), z.array(z.string().min(1))])
    .describe("role:x, user:usr_…, team:tm_…, an e-mail address, a template, or a list of these"),
);

/** A target given inside a step instead of by a connection. */
export const targetField = z.object({ next: z.string().describe("Id of the step that follows") }).strict();

export function assigneeList(assignTo: string | readonly string[] | undefined, fallback: string): readonly string[] {
  if (assignTo === undefined) return [fallback];
  return typeof assignTo === "string" ? [assignTo] : assignTo;
}

/** `role:kyc_analyst` as a person says it: "kyc analyst". */
export function assigneeWords(references: readonly string[]): string {
  return references
    .map((reference) => {
      if (reference.includes("${")) return "a person chosen by the data";
      const [kind, name] = reference.includes("@") ? ["email", reference] : reference.split(":", 2);
      if (kind === "role") return (name ?? "").replaceAll("_", " ");
      if (kind === "team") return "a team";
      return kind === "user" ? "a person" : (name ?? reference);
    })
    .join(", ");
}

export const notADuration = (text: string): string =>
  `"${text}" is not a duration. Write it like PT5M (5 minutes), P3D (3 days) or P1M (a month).`;

/** Why a step cannot wait this long, in a sentence; null when it can. */
export function waitFault(milliseconds: number, text: string): string | null {
  if (milliseconds < 0) return `"${text}" is negative. Give a duration of zero or more.`;
  return milliseconds > timeRanges.wait.most ? `"${text}" is more than ten years. Give a shorter time.` : null;
}

/** What is wrong with a duration that is written down, and not filled in when the run gets there. */
export function durationFault(text: string): string | null {
  if (text.includes("${")) return null;
  if (!isDuration(text)) return notADuration(text);
  // Years from here on are as short as years get. What no calendar can count is too long, or as far back.
  const length = addIsoDuration(0, text) ?? (text.trimStart().startsWith("-") ? -Infinity : Infinity);
  return waitFault(length, text);
}

/** Problems of the two spellings of a timeout. */
export function timeoutProblems(config: {
  timeoutHours?: number | undefined;
  timeout?: string | undefined;
  calendar?: string | undefined;
  /** A table that says who decides may say until when. */
  rules?: unknown;
}): Omit<Issue, "nodeId">[] {
  const { timeoutHours, timeout, calendar, rules } = config;
  const wrong = (path: string, message: string): Omit<Issue, "nodeId">[] => [
    { code: "invalid_config", severity: "error", path, message },
  ];
  if (timeout === undefined && timeoutHours === undefined)
    return calendar === undefined || rules !== undefined
      ? []
      : wrong(
          "calendar",
          "The calendar says how the time until the deadline counts, but there is none. Give timeoutHours, or remove the calendar.",
        );
  if (timeout === undefined) return [];
  if (timeoutHours !== undefined)
    return wrong("timeout", "The timeout is given twice. Keep either timeoutHours or timeout.");
  const fault = durationFault(timeout);
  return fault === null ? [] : wrong("timeout", fault);
}

/** Takes `field: {next: "node"}` (or the bare id of a node that is none of the `words`) out as a target. */
export function takeTarget(
  fields: JsonObject,
  field: string,
  handle: string,
  options: { words: readonly string[]; isNode(id: string): boolean },
): { fields: JsonObject; targets: { case: string; to: string }[] } {
  const value = Object.hasOwn(fields, field) ? fields[field] : undefined;
  const to = targetOf(value);
  const named =
    to ?? (typeof value === "string" && !options.words.includes(value) && options.isNode(value) ? value : null);
  if (named === null) return { fields, targets: [] };
  return {
    fields: Object.fromEntries(Object.entries(fields).filter(([key]) => key !== field)),
    targets: [{ case: handle, to: named }],
  };
}

/** The node id in `{next: "id"}` when that is all there is. */
export function targetOf(value: Json | undefined): string | null {
  if (!isJsonObject(value)) return null;
  const keys = Object.keys(value);
  return keys.length === 1 && typeof value["next"] === "string" && value["next"] !== "" ? value["next"] : null;
}
