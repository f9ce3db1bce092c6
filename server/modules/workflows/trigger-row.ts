import { newId } from "@/core/ids";
import type { JsonObject } from "@/core/json";
import type { Trigger } from "@/core/workflow/document";
import { eventNameOf } from "@/core/workflow/trigger-lookup";
import type { OrganizationId } from "@/server/db/tenant";
import { triggerDefinitions } from "@/triggers/definitions";
import type { NewTrigger } from "./repository";

/** The row of a trigger, without address and times. One that is not live listens to nothing. */
export function newTriggerRow(
  organizationId: OrganizationId,
  workflowId: string,
  trigger: Trigger,
  isLive: boolean,
): NewTrigger {
  return {
    id: newId(),
    organizationId,
    workflowId,
    triggerId: trigger.id,
    type: trigger.type,
    eventName: isLive ? eventNameOf(trigger, triggerDefinitions) : null,
    isLive,
    definition: asJson(trigger),
  };
}

/** Every field of a trigger came from JSON; its type leaves them open. */
export function asJson(trigger: Trigger): JsonObject {
  return trigger as unknown as JsonObject;
}
