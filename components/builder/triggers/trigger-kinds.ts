import type { Trigger, TriggerType } from "@/core/workflow/document";

export interface TriggerKind {
  type: TriggerType;
  title: string;
  /** What it is good for, in the menu. */
  hint: string;
  icon: string;
  /** What a new one says. */
  fields: Omit<Trigger, "id" | "type">;
}

/** What can start a workflow, in the order of the menu. */
export const triggerKinds: readonly TriggerKind[] = [
  {
    type: "schedule",
    title: "Schedule",
    hint: "At set times, e.g. every weekday at 9",
    icon: "clock",
    fields: { cron: "0 9 * * *", timezone: "UTC" },
  },
  {
    type: "webhook",
    title: "Webhook",
    hint: "Another system posts JSON to an address",
    icon: "webhook",
    fields: { callers: "signed" },
  },
  {
    type: "event",
    title: "Event",
    hint: "Something happens here, e.g. a new contact",
    icon: "zap",
    fields: { event: "contact.created" },
  },
  {
    type: "form",
    title: "Intake form",
    hint: "Anybody with the link fills in a form",
    icon: "clipboard-list",
    fields: {},
  },
  { type: "manual", title: "Manual", hint: "People of your organization start it", icon: "play", fields: {} },
  { type: "api", title: "API", hint: "Your own programs start it with an API key", icon: "code", fields: {} },
];

const conversation: TriggerKind = {
  type: "conversation",
  title: "Conversation",
  hint: "A customer writes a message",
  icon: "message-circle",
  fields: {},
};

export function triggerKind(type: TriggerType): TriggerKind {
  return [...triggerKinds, conversation].find((kind) => kind.type === type) ?? conversation;
}

/** `schedule`, `schedule_2`, … */
export function newTriggerId(type: TriggerType, triggers: readonly Trigger[]): string {
  const used = new Set(triggers.map(({ id }) => id));
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? type : `${type}_${number}`;
    if (!used.has(id)) return id;
  }
}
