import type { StepDefinition } from "@/core/workflow/step-definition";

/** Ties the functions of a definition to the type that its own schema gives. `config` is always a Zod object. */
export function defineStep<C>(definition: StepDefinition<C>): StepDefinition<C> {
  return definition;
}
