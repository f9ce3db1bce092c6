import { eventNameFault, heldWebhook } from "@/core/event-name";
import { defineTrigger } from "@/triggers/define-trigger";
import { eventField } from "@/triggers/event-field";
import { filterField } from "@/triggers/filter-field";
import { knownEvents, sampleEvent } from "@/triggers/known-events";
import { fromWhatArrived } from "@/triggers/mapping-words";

export const eventDefinition = defineTrigger({
  type: "event",
  title: "Event",
  hint: "Something happens here, e.g. a new contact",
  icon: "zap",
  menuPlace: 3,
  fields: { ...eventField, ...filterField },
  starter: { event: "contact.created" },
  sentence({ event, filter }) {
    if (event === undefined || event.trim() === "") return "The event has no name yet.";
    return `When ${eventWords(event)}${filter === undefined ? "" : ", and its filter is true"}.`;
  },
  detail: ({ event }) => event ?? "",
  sees: { trigger: null, request: false },
  mapping: {
    unmapped: "The event’s data becomes the input as it is.",
    hint: fromWhatArrived,
    startsByName: true,
  },
  startedByMembers: false,
  isRequestable: false,
  // Events may carry a conversation; who starts a run by hand or over the API does not bring one.
  mayTalk: true,
  hasSecret: false,
  listensTo: ({ event }) => event ?? null,
  sample: ({ event }) => sampleEvent(event ?? ""),
  lint({ event }) {
    const message = nameFault(event);
    return message === null ? [] : [{ code: "invalid_config", severity: "error", path: "event", message }];
  },
});

function eventWords(name: string): string {
  const known = knownEvents.find((event) => event.name === name);
  return known ? `${known.words} (${name})` : `the event ${name} arrives`;
}

function nameFault(event: string | undefined): string | null {
  if (event === undefined || event.trim() === "")
    return "The trigger does not say which event. Name it, e.g. product.stock_depleted.";
  return event === heldWebhook
    ? `No event can be sent under the name "${heldWebhook}", so this trigger would never start anything. Give the event another name, e.g. product.stock_depleted.`
    : eventNameFault(event, "product.stock_depleted");
}
