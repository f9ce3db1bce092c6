import { evaluateExpression } from "@/core/expression/evaluate";
import { buildScope } from "@/core/expression/scope";
import { renderTemplate } from "@/core/expression/template";
import type { Json, JsonObject } from "@/core/json";
import type { Trigger } from "@/core/spec/document";

export type TriggerInput = { ok: true; input: JsonObject } | { ok: false; message: string };

/** Whether what arrived passes the trigger's filter. A filter that cannot be evaluated is no match, and says why. */
export function passesFilter(
  trigger: Trigger,
  arrived: Json,
  now: number,
): { matches: boolean; problem: string | null } {
  if (trigger.filter === undefined) return { matches: true, problem: null };
  const result = evaluateExpression(trigger.filter, triggerScope(arrived, now));
  return result.ok
    ? { matches: result.value === true, problem: null }
    : { matches: false, problem: result.error.message };
}

/** The workflow's input: the trigger's templates over what arrived, or what arrived itself when there are none. */
export function triggerInput(trigger: Trigger, arrived: Json, now: number): TriggerInput {
  if (trigger.input !== undefined) {
    const rendered = renderTemplate(trigger.input, triggerScope(arrived, now));
    if (!rendered.ok) return { ok: false, message: rendered.error.message };
    return isObject(rendered.value)
      ? { ok: true, input: rendered.value }
      : { ok: false, message: "The input of the trigger did not become an object." };
  }
  if (isObject(arrived)) return { ok: true, input: arrived };
  return {
    ok: false,
    message: "What arrived is not a JSON object. Send an object, or map it with the trigger's input.",
  };
}

function triggerScope(arrived: Json, now: number) {
  return buildScope({
    trigger: arrived,
    input: isObject(arrived) ? arrived : {},
    vars: {},
    run: {},
    contact: null,
    conversation: null,
    step: {},
    now,
  });
}

function isObject(value: Json): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
