import type { Json, JsonObject } from "@/core/json";
import { evaluateExpression } from "@/core/expression/evaluate";
import { buildScope, type ExpressionScope } from "@/core/expression/scope";
import { renderTemplate } from "@/core/expression/template";
import type { SpecNode } from "@/core/spec/document";
import type { SampleRun } from "@/components/builder/state/builder-state";

/** What an expression gave in the last run. */
export type SampleValue = { ok: true; value: Json } | { ok: false; message: string };

/** The names of an expression as they were in a run. In a loop: those of its first item. */
export function sampleScope(
  run: SampleRun,
  options: { vars: JsonObject; containers: readonly SpecNode[]; extra?: JsonObject },
): ExpressionScope {
  const step: JsonObject = {};
  for (const each of run.steps)
    if (each.status !== "pending") step[each.nodeId] = { status: each.status, output: each.output, error: each.error };
  // A run's input came as JSON.
  const input = run.input as JsonObject;
  const parts = {
    trigger: input,
    input,
    vars: options.vars,
    run: { id: run.runId },
    contact: null,
    conversation: null,
    step,
    now: latestTime(run),
  };
  let iteration: JsonObject = {};
  for (const container of [...options.containers].reverse()) {
    const items = listOf(container["items"], buildScope({ ...parts, iteration }));
    const name = typeof container["itemName"] === "string" ? container["itemName"] : "item";
    iteration = { ...iteration, [name]: items[0] ?? null, index: 0 };
  }
  return buildScope({ ...parts, iteration, ...(options.extra === undefined ? {} : { extra: options.extra }) });
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

function latestTime(run: SampleRun): number {
  return Math.max(0, ...run.steps.map((step) => Date.parse(step.endedAt ?? step.startedAt ?? "") || 0));
}
