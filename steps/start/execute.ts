import { implementStep } from "@/steps/implement-step";
import { startDefinition } from "./definition";

export const executeStart = implementStep(startDefinition, {
  execute(context) {
    const input = context.evaluate.expression("input");
    return { kind: "completed", output: input.ok ? input.value : null };
  },
});
