import type { TriggerDefinition } from "@/core/workflow/trigger-definition";

/** Checks a definition where it is written, instead of where the registry lists it. */
export function defineTrigger(definition: TriggerDefinition): TriggerDefinition {
  return definition;
}
