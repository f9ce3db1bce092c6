import type { JsonObject } from "@/core/json";
import { fillFields } from "@/steps/fill-fields";
import { implementStep } from "@/steps/implement-step";
import { asText } from "@/steps/outcome";
import { endDefinition } from "./definition";

export const executeEnd = implementStep(endDefinition, {
  execute({ config, evaluate }) {
    const filled = fillFields(evaluate, { message: config.message, output: config.output });
    if (!filled.ok) return { kind: "failed", error: filled.error };
    const { message, output: value } = filled.value;
    const text = message === null ? null : asText(message);
    const more: JsonObject =
      value === null ? {} : typeof value === "object" && !Array.isArray(value) ? value : { output: value };
    return {
      kind: "completed",
      output: { message: text, ...more },
      end: { status: config.status },
      summary: text ?? (config.status === "failed" ? "Failed" : "Completed"),
    };
  },
});
