import { newId } from "@/core/ids";
import type { JsonObject } from "@/core/json";
import type { Trigger } from "@/core/workflow/document";
import type { OrganizationId } from "@/server/db/tenant";
import type { NewTrigger } from "./repository";

const conversationEvent = "conversation.message";

/** The row of a trigger, without address and times. One that is not live listens to nothing. */
export function newTriggerRow(
  organizationId: OrganizationId,
  workflowId: string,
  trigger: Trigger,
  isLive: boolean,
): NewTrigger {
  const eventName =
    trigger.type === "event"
      ? (trigger.event ?? null)
      : trigger.type === "conversation"
        ? (trigger.event ?? conversationEvent)
        : null;
  return {
    id: newId(),
    organizationId,
    workflowId,
    triggerId: trigger.id,
    type: trigger.type,
    eventName: isLive ? eventName : null,
    isLive,
    definition: asJson(trigger),
  };
}

/** Every field of a trigger came from JSON; its type leaves them open. */
export function asJson(trigger: Trigger): JsonObject {
  return trigger as unknown as JsonObject;
}
