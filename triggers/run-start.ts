import type { Json, JsonObject } from "@/core/json";
import type { Trigger } from "@/core/workflow/document";
import { triggerInput, triggerLabel, type TriggerRequest } from "./trigger-input";

/** What a run begins with, as far as its trigger and what arrived say it. */
export interface RunStart {
  input: JsonObject;
  triggerType: string;
  triggerId: string;
  label?: string;
}

export type StartResult<Keys = unknown> = { ok: true; start: RunStart & Keys } | { ok: false; message: string };

/** What arrived as the start of a run, with the keys that its way in gives. Not: why it is no input of the workflow. */
export function runStart<Keys extends object>(
  trigger: Trigger,
  arrived: Json,
  now: number,
  keys: Keys,
  request: TriggerRequest = null,
): StartResult<Keys> {
  const filled = triggerInput(trigger, arrived, now, request);
  if (!filled.ok) return filled;
  return { ok: true, start: { ...startWith(trigger, filled.input, arrived, now, request), ...keys } };
}

/** The same where the input is known already. */
export function startWith(
  trigger: Trigger,
  input: JsonObject,
  arrived: Json,
  now: number,
  request: TriggerRequest = null,
): RunStart {
  return {
    input,
    triggerType: trigger.type,
    triggerId: trigger.id,
    ...triggerLabel(trigger, arrived, now, request),
  };
}
