import type { StepExecutor } from "@/core/ports";
import type { StepDefinition } from "@/core/workflow/step-definition";

/** Ties an executor to the config type that its definition's schema gives. */
export function implementStep<C>(_definition: StepDefinition<C>, executor: StepExecutor<C>): StepExecutor<C> {
  return executor;
}
