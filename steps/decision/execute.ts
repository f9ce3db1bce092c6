import { cutText } from "@/core/storable-text";
import { implementStep } from "@/steps/implement-step";
import { asText } from "@/steps/outcome";
import { decisionDefinition } from "./definition";

export const executeDecision = implementStep(decisionDefinition, {
  execute({ config, evaluate }) {
    const result = evaluate.expression(config.expression);
    if (!result.ok) return { kind: "failed", error: result.error };
    const label = asText(result.value);
    const handle = config.cases.includes(label) ? label : (config.defaultCase ?? "default");
    return {
      kind: "completed",
      output: result.value,
      handle,
      summary: label === "" ? "No value, so the default" : cutText(label, 200),
    };
  },
});
