import { cutText } from "@/core/storable-text";
import { implementStep } from "@/steps/implement-step";
import { asText, failedFinally } from "@/steps/outcome";
import { conditionDefinition } from "./definition";

export const executeCondition = implementStep(conditionDefinition, {
  execute({ config, evaluate }) {
    const result = evaluate.expression(config.expression);
    if (!result.ok) return { kind: "failed", error: result.error };
    if (typeof result.value !== "boolean") {
      return failedFinally(
        "not_a_boolean",
        `The condition gave ${asText(result.value) === "" ? "nothing" : cutText(asText(result.value), 100)}, but must be true or false. Compare it with something, for example with == or has().`,
      );
    }
    return {
      kind: "completed",
      output: result.value,
      handle: String(result.value),
      summary: result.value ? "Passed" : "Not passed",
    };
  },
});
