import type { Json, JsonObject } from "@/core/json";
import type { Trigger } from "@/core/workflow/document";
import { runStart, type StartResult } from "@/triggers/run-start";

/** The run that a call starts. Which calls are one delivery, and so start one run, says the key that whoever received it found. */
export function startOfCall(
  trigger: Trigger,
  { body, request }: { body: Json; request: JsonObject | null },
  now: number,
): StartResult {
  return runStart(trigger, body, now, {}, request);
}
