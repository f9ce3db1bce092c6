import { implementStep } from "@/steps/implement-step";
import { outputDefinition } from "./definition";

export const executeOutput = implementStep(outputDefinition, {
  execute({ config, evaluate }) {
    const result = evaluate.template(config.output);
    return result.ok ? { kind: "completed", output: result.value } : { kind: "failed", error: result.error };
  },
});
