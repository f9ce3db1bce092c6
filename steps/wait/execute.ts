import type { Json, JsonObject } from "@/core/json";
import type { StepContext, StepOutcome } from "@/core/ports";
import { countingBy, type CountingBy } from "@/steps/counting-by";
import { after, dueTime, pointInTime, within } from "@/steps/due-time";
import { fillFields } from "@/steps/fill-fields";
import { implementStep } from "@/steps/implement-step";
import { asText, asTexts, failedFinally } from "@/steps/outcome";
import { waitDefinition } from "./definition";

type WaitConfig = Parameters<typeof waitDefinition.summary>[0];

export const executeWait = implementStep(waitDefinition, {
  async execute({ config, evaluate, ports, now }) {
    const filled = fillFields(evaluate, { duration: config.duration, until: config.until, timeout: config.timeout });
    if (!filled.ok) return { kind: "failed", error: filled.error };
    const { duration, until, timeout } = filled.value;
    const counting = await countingBy(ports.directory, config.calendar, []);
    if (config.callback !== undefined && config.callback !== false) return waitForCall(now, timeout, counting);
    if (config.duration !== undefined) return waitFor(now, duration, counting);
    if (config.until !== undefined) return waitUntil(now, until);
    return failedFinally("invalid_config", "The step does not say what to wait for. Give duration, until or callback.");
  },
  resolve(context, resolution, request) {
    if (resolution.outcome === "due")
      return typeof request["until"] === "string" ? elapsed(request["until"]) : nobodyCalled(context);
    return {
      kind: "completed",
      output: calledWith(resolution.data),
      handle: "done",
      summary: "Called",
      warnings: Object.hasOwn(resolution.data, "body") ? asTexts(resolution.data["warnings"]) : [],
    };
  },
});

function waitFor(now: number, value: Json, counting: CountingBy): StepOutcome {
  const due = after(now, asText(value).trim(), counting.calendar);
  return due.ok ? timer(now, due.dueAt ?? now, counting) : failedFinally("bad_duration", due.message);
}

function waitUntil(now: number, value: Json): StepOutcome {
  const time = pointInTime(value);
  if (time === null)
    return failedFinally("bad_time", `"${asText(value)}" is not a point in time. Write it like 2027-01-31T09:00:00Z.`);
  const due = within(now, Math.max(0, time - now), asText(value));
  return due.ok ? timer(now, time) : failedFinally("bad_time", due.message);
}

function timer(now: number, dueAt: number, counting?: CountingBy): StepOutcome {
  const until = new Date(dueAt).toISOString();
  if (dueAt <= now) return elapsed(until);
  return {
    kind: "waiting",
    waitpoint: { kind: "timer", request: { until, ...counting?.kept }, dueAt },
    ...warned(counting?.warnings ?? []),
  };
}

function elapsed(until: string): StepOutcome {
  return { kind: "completed", output: { until }, handle: "done" };
}

function waitForCall(now: number, timeout: Json, { calendar, kept, warnings }: CountingBy): StepOutcome {
  const due = dueTime(now, undefined, timeout, calendar);
  if (!due.ok) return failedFinally("bad_duration", due.message);
  return {
    kind: "waiting",
    waitpoint: {
      kind: "callback",
      ...(due.dueAt === undefined ? { request: {} } : { request: kept, dueAt: due.dueAt }),
    },
    ...warned(warnings),
  };
}

function warned(warnings: string[]): { warnings?: string[] } {
  return warnings.length === 0 ? {} : { warnings };
}

function nobodyCalled({ node, config }: StepContext<WaitConfig>): StepOutcome {
  const isConnected = (node.outgoing.get("timed_out") ?? []).length > 0;
  if (isConnected && config.onTimeout !== "fail")
    return { kind: "completed", output: null, handle: "timed_out", summary: "Nobody called in time" };
  return failedFinally(
    "wait_timed_out",
    "Nobody called the URL in time. Connect `timed_out` to say what happens then, or give a longer timeout.",
  );
}

/** What was posted: the resolver wraps it in `body`, because it may be any JSON. */
function calledWith(data: JsonObject): Json {
  return Object.hasOwn(data, "body") ? (data["body"] ?? null) : data;
}
