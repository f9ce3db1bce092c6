import type { JsonObject } from "@/core/json";
import type { Trigger } from "@/core/workflow/document";
import { runStart, startWith, type StartResult } from "@/triggers/run-start";

/** What a schedule tells of one of its ticks; times are ISO-8601. */
export interface Tick {
  scheduledAt: string;
  /** The tick before, null for the first. */
  lastAt: string | null;
}

/** The run that a tick starts: each tick starts one. */
export function startOfTick(trigger: Trigger, tick: Tick, now: number): StartResult<{ startKey: string }> {
  const arrived: JsonObject = { ...tick, timezone: trigger.timezone ?? "UTC" };
  const keys = { startKey: `schedule:${trigger.id}:${tick.scheduledAt}` };
  // Without templates a schedule gives nothing: what it knows is for templates only.
  return trigger.input === undefined
    ? { ok: true, start: { ...startWith(trigger, {}, arrived, now), ...keys } }
    : runStart(trigger, arrived, now, keys);
}
