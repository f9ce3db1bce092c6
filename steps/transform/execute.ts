import { siteKind } from "@/core/workflow/site-kind";
import { implementStep } from "@/steps/implement-step";
import { transformDefinition } from "./definition";

export const executeTransform = implementStep(transformDefinition, {
  execute({ config, evaluate }) {
    const result =
      siteKind(config.expression) === "expression"
        ? evaluate.expression(config.expression)
        : evaluate.template(config.expression);
    return result.ok ? { kind: "completed", output: result.value } : { kind: "failed", error: result.error };
  },
});
