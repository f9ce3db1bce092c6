import { evaluateExpression } from "@/core/expression/evaluate";
import type { SampleRunValues } from "@/core/expression/sample-scope";
import { sampleScope } from "@/core/expression/sample-scope";
import { renderTemplate } from "@/core/expression/template";
import type { Json, JsonObject } from "@/core/json";

export type Preview = { ok: true; value: Json; warnings: string[] } | { ok: false; message: string };

/** What an expression (or a value with templates) would have given in a run that is known. Never throws. */
export function evaluatePreview(
  source: unknown,
  kind: "expression" | "template",
  sample: SampleRunValues,
  variables: JsonObject = {},
): Preview {
  const scope = sampleScope(sample, variables);
  if (kind === "template") {
    const filled = renderTemplate(source, scope);
    return filled.ok
      ? { ok: true, value: filled.value, warnings: filled.warnings }
      : { ok: false, message: filled.error.message };
  }
  const result = evaluateExpression(source, scope);
  return result.ok ? { ...result, warnings: [] } : { ok: false, message: result.error.message };
}
