import type { TriggerDefinition, TriggerDefinitions } from "@/core/workflow/trigger-definition";
import { triggerOf } from "@/core/workflow/trigger-lookup";
import { apiDefinition } from "./api/definition";
import { conversationDefinition } from "./conversation/definition";
import { eventDefinition } from "./event/definition";
import { formDefinition } from "./form/definition";
import { manualDefinition } from "./manual/definition";
import { scheduleDefinition } from "./schedule/definition";
import { webhookDefinition } from "./webhook/definition";

/** Every type of trigger there is, in the order in which sentences and schemas name them. A new one is a folder and a line here. */
export const triggerDefinitions = {
  api: apiDefinition,
  manual: manualDefinition,
  webhook: webhookDefinition,
  schedule: scheduleDefinition,
  event: eventDefinition,
  form: formDefinition,
  conversation: conversationDefinition,
} as const satisfies TriggerDefinitions;

/** Their names. */
export const triggerTypes: readonly string[] = Object.keys(triggerDefinitions);

/** What a type of trigger is; undefined: there is none of this name. */
export function findTrigger(type: string): TriggerDefinition | undefined {
  return triggerOf({ type }, triggerDefinitions);
}
