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
    return {
      kind: "completed",
      output: value,
      end: { status: config.status, message: text },
      summary: text ?? (config.status === "failed" ? "Failed" : "Completed"),
    };
  },
});
