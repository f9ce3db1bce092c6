import { evaluateExpression } from "@/core/expression/evaluate";
import { buildScope } from "@/core/expression/scope";
import { renderTemplate } from "@/core/expression/template";
import { asObject, type Json, type JsonObject } from "@/core/json";
import { isJsonObject } from "@/core/json-guard";
import type { Trigger } from "@/core/workflow/document";

/** What a webhook call brings beside its body: the `request` of its expressions. Nothing else has one. */
export type TriggerRequest = JsonObject | null;

export type TriggerInput = { ok: true; input: JsonObject } | { ok: false; message: string };

/** Whether what arrived passes the trigger's filter. A filter that cannot be evaluated is no match, and says why. */
export function passesFilter(
  trigger: Trigger,
  arrived: Json,
  now: number,
  request: TriggerRequest = null,
): { matches: boolean; problem: string | null } {
  if (trigger.filter === undefined) return { matches: true, problem: null };
  const result = evaluateExpression(trigger.filter, triggerScope(arrived, now, request));
  return result.ok
    ? { matches: result.value === true, problem: null }
    : { matches: false, problem: result.error.message };
}

/** Why a call that did not pass the filter started nothing. */
export function filterRemark(problem: string | null): string {
  return problem === null
    ? "Not for this workflow: the filter of the trigger is false."
    : `The filter could not be worked out, so nothing was started: ${problem}`;
}

/** The workflow's input: the trigger's templates over what arrived, or what arrived itself when there are none. */
export function triggerInput(
  trigger: Trigger,
  arrived: Json,
  now: number,
  request: TriggerRequest = null,
): TriggerInput {
  if (trigger.input !== undefined) {
    const rendered = renderTemplate(trigger.input, triggerScope(arrived, now, request));
    if (!rendered.ok) return { ok: false, message: rendered.error.message };
    return isJsonObject(rendered.value)
      ? { ok: true, input: rendered.value }
      : { ok: false, message: "The input of the trigger did not become an object." };
  }
  if (isJsonObject(arrived)) return { ok: true, input: arrived };
  return {
    ok: false,
    message: "What arrived is not a JSON object. Send an object, or map it with the trigger's input.",
  };
}

const maxLabel = 200;

/** What the run card shows, for `startWorkflow`. A label whose templates cannot be filled is shown as it is written. */
export function triggerLabel(
  { label }: Trigger,
  arrived: Json,
  now: number,
  request: TriggerRequest = null,
): { label?: string } {
  if (label === undefined) return {};
  const rendered = renderTemplate(label, triggerScope(arrived, now, request));
  const value = rendered.ok ? rendered.value : label;
  return { label: (typeof value === "string" ? value : JSON.stringify(value)).slice(0, maxLabel) };
}

/** A text or number that an expression gives for a call, such as the id of a delivery; null when it gives neither. */
export function triggerText(expression: string, arrived: Json, now: number, request: TriggerRequest): string | null {
  const result = evaluateExpression(expression, triggerScope(arrived, now, request));
  if (!result.ok) return null;
  return typeof result.value === "string" || typeof result.value === "number" ? String(result.value) : null;
}

function triggerScope(arrived: Json, now: number, request: TriggerRequest) {
  return buildScope({
    trigger: arrived,
    input: isJsonObject(arrived) ? arrived : {},
    vars: {},
    run: {},
    contact: null,
    conversation: null,
    step: {},
    now,
    ...(request === null ? {} : { extra: { request: withPlainNames(request) } }),
  });
}

/** `request.headers.x_github_event` for `request.headers["x-github-event"]`. */
function withPlainNames(request: JsonObject): JsonObject {
  const headers = asObject(request["headers"]);
  const plain = Object.entries(headers).map(([name, value]) => [name.replaceAll("-", "_"), value] as const);
  return { ...request, headers: { ...Object.fromEntries(plain), ...headers } };
}
