import type { JsonObject } from "@/core/json";
import type { Trigger } from "@/core/workflow/document";
import { runStart, type StartResult } from "@/triggers/run-start";

/** The run that an event starts, whichever type of trigger listens to it: one event starts one run of a workflow. */
export function startOfEvent(
  trigger: Trigger,
  { id, arrived }: { id: string; arrived: JsonObject },
  now: number,
): StartResult<{ startKey: string }> {
  return runStart(trigger, arrived, now, { startKey: `event:${id}` });
}
