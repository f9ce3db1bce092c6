import type { Json, JsonObject } from "@/core/json";
import { evaluateExpression } from "@/core/expression/evaluate";
import { sampleScope, type SampleRunValues } from "@/core/expression/sample-scope";
import type { ExpressionScope } from "@/core/expression/scope";
import { renderTemplate } from "@/core/expression/template";
import type { SpecNode } from "@/core/workflow/document";
import type { SampleRun } from "@/components/builder/state/builder-state";

/** What an expression gave in the last run. */
export type SampleValue = { ok: true; value: Json } | { ok: false; message: string };

/** A run as the expression language takes it. In a loop: the values of the iteration that ran last. */
export function sampleValues(run: SampleRun): SampleRunValues {
  const reached = run.steps.filter((step) => step.status !== "pending");
  return {
    // A run's input came as JSON.
    input: run.input as JsonObject,
    steps: Object.fromEntries(reached.map((step) => [step.nodeId, step.output])),
    statuses: Object.fromEntries(reached.map((step) => [step.nodeId, step.status])),
    errors: Object.fromEntries(reached.map((step) => [step.nodeId, asJson(step.error)])),
    responses: Object.fromEntries(reached.map((step) => [step.nodeId, asJson(step.response)])),
    run: { id: run.runId },
    now: Math.max(0, ...reached.map((step) => Date.parse(step.endedAt ?? step.startedAt ?? "") || 0)),
  };
}

/** Came as JSON; the type only names the fields. */
function asJson(value: object | null | undefined): Json {
  return (value ?? null) as Json;
}

/** The names of a place with the values of a run; inside loops those of their first item. */
export function placeScope(
  values: SampleRunValues,
  { vars, containers, extra }: { vars: JsonObject; containers: readonly SpecNode[]; extra: JsonObject },
): ExpressionScope {
  let iteration: JsonObject = {};
  for (const container of [...containers].reverse()) {
    const items = listOf(container["items"], sampleScope({ ...values, iteration }, vars));
    const name = typeof container["itemName"] === "string" ? container["itemName"] : "item";
    iteration = { ...iteration, [name]: items[0] ?? null, index: 0 };
  }
  return sampleScope({ ...values, iteration, extra }, vars);
}

export function sampleValue(kind: "expression" | "template", source: unknown, scope: ExpressionScope): SampleValue {
  if (kind === "expression") {
    const result = evaluateExpression(source, scope);
    return result.ok ? result : { ok: false, message: result.error.message };
  }
  const result = renderTemplate(source, scope);
  return result.ok ? { ok: true, value: result.value } : { ok: false, message: result.error.message };
}

function listOf(items: unknown, scope: ExpressionScope): readonly Json[] {
  const kind = typeof items === "string" && !items.includes("${") ? "expression" : "template";
  const found = items === undefined ? null : sampleValue(kind, items, scope);
  return found?.ok === true && Array.isArray(found.value) ? found.value : [];
}
