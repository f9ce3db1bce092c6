import { z } from "zod";
import { parseInstant } from "@/core/schedule/instant";
import type { Issue } from "@/core/workflow/document";
import { notYet } from "@/core/workflow/not-yet";
import { durationFault, takeTarget, targetField, timeoutFields } from "@/core/workflow/waiting-fields";
import { defineStep } from "@/steps/define-step";

const config = z.object({
  duration: z.string().min(1).optional().describe("ISO-8601 duration, e.g. PT5M, P3D or P1M"),
  until: z.string().min(1).optional().describe("Point in time, ISO-8601; usually a template"),
  event: notYet(z.string().min(1).optional().describe("Name of an event")),
  match: notYet(z.json().optional().describe("Which events of that name count")),
  callback: z
    .union([z.boolean(), z.record(z.string(), z.json())])
    .optional()
    .describe("Waits for a call to a one-time URL"),
  timeout: z.string().min(1).optional().describe("ISO-8601 duration; for callback"),
  calendar: timeoutFields.calendar,
  onTimeout: z.enum(["fail"]).optional(),
});
export type WaitConfig = z.output<typeof config>;

const ways = ["duration", "until", "event", "callback"] as const;

export const waitDefinition = defineStep({
  type: "wait",
  aliases: ["delay", "sleep"],
  title: "Wait",
  description: "Waits for some time, until a point in time, or for a call from outside. Waiting costs nothing.",
  icon: "hourglass",
  group: "flow",
  color: "other",
  kind: "wait",
  available: true,
  implicitCase: "done",
  starter: { duration: "PT1H" },
  config,
  normalize: (raw, context) => takeTarget(raw, "onTimeout", "timed_out", { words: ["fail"], isNode: context.isNode }),
  writtenFields: { onTimeout: targetField },
  handles: () => [
    { id: "done", label: "Done", unlabelled: true },
    { id: "timed_out", label: "Timed out", failsUnconnected: true },
  ],
  awaitsCallback: ({ callback }) => callback !== undefined && callback !== false,
  summary: waitSummary,
  expressionSites: (config) => [
    { path: "duration", kind: "template", value: config.duration },
    { path: "until", kind: "template", value: config.until },
    { path: "timeout", kind: "template", value: config.timeout },
  ],
  calendar: (config) => config.calendar ?? null,
  lint: (config) => [...wayProblems(config), ...timeProblems(config)],
});

function waitSummary(config: WaitConfig): string {
  if (config.duration !== undefined) return `For ${config.duration}`;
  if (config.until !== undefined) return `Until ${config.until}`;
  return config.event === undefined ? "For a call to its URL" : `For ${config.event}`;
}

function wayProblems(config: WaitConfig): Omit<Issue, "nodeId">[] {
  const given = ways.filter((way) => config[way] !== undefined && config[way] !== false);
  const wrong = (path: string, message: string) => ({
    code: "invalid_config",
    severity: "error" as const,
    path,
    message,
  });
  return [
    ...(given.length === 0
      ? [wrong("duration", "The step does not say what to wait for. Give duration, until or callback.")]
      : []),
    ...given.slice(1).map((way) => wrong(way, `The step waits for ${given.join(" and ")} at once. Keep one of them.`)),
    ...(config.event === undefined
      ? []
      : [
          {
            code: "step_not_available",
            severity: "error" as const,
            path: "event",
            message:
              "Waiting for an event is not available yet. Use callback, or start another workflow with an event trigger.",
          },
        ]),
  ];
}

function timeProblems(config: WaitConfig): Omit<Issue, "nodeId">[] {
  const wrong = (path: string, message: string) => ({
    code: "invalid_config",
    severity: "error" as const,
    path,
    message,
  });
  const durations = (["duration", "timeout"] as const).flatMap((path) => {
    const text = config[path];
    const fault = text === undefined ? null : durationFault(text);
    return fault === null ? [] : [wrong(path, fault)];
  });
  const { until, calendar } = config;
  if (calendar !== undefined && config.duration === undefined && config.timeout === undefined)
    durations.push(
      wrong(
        "calendar",
        "The calendar says how a length of time counts, but the step gives none. Remove the calendar, or give a duration.",
      ),
    );
  const point = until === undefined || until.includes("${") || parseInstant(until) !== null;
  return point
    ? durations
    : [
        ...durations,
        wrong("until", `"${until}" is not a point in time. Write it like 2027-01-31T09:00:00Z, or use a template.`),
      ];
}
