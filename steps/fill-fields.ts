import type { Json } from "@/core/json";
import type { StepError } from "@/core/step-error";
import type { StepEvaluator } from "@/core/ports";

/**
 * Fills the templates of several fields; the first one that fails decides. Each field is filled by itself, so that the
 * evaluator can record what went into the step field by field. A field that is not there is null.
 */
export function fillFields<K extends string>(
  evaluate: StepEvaluator,
  fields: Readonly<Record<K, unknown>>,
): { ok: true; value: Record<K, Json> } | { ok: false; error: StepError } {
  // Every key of `fields` is assigned before this is handed out.
  const value = {} as Record<K, Json>;
  for (const name of Object.keys(fields) as K[]) {
    const source = fields[name];
    if (source === undefined) {
      value[name] = null;
      continue;
    }
    const filled = evaluate.template(source);
    if (!filled.ok) return filled;
    value[name] = filled.value;
  }
  return { ok: true, value };
}
