import { defineTrigger } from "@/triggers/define-trigger";
import { eventField } from "@/triggers/event-field";
import { filterField } from "@/triggers/filter-field";
import { sampleEvent } from "@/triggers/known-events";
import { fromWhatArrived } from "@/triggers/mapping-words";
import { messageEvent } from "./message-event";

export const conversationDefinition = defineTrigger({
  type: "conversation",
  title: "Conversation",
  hint: "A customer writes a message",
  icon: "message-circle",
  fields: { ...eventField, ...filterField },
  starter: {},
  sentence: ({ filter }) => `When a customer writes${filter === undefined ? "" : ", and its filter is true"}.`,
  sees: { trigger: null, request: false },
  mapping: {
    unmapped: "What arrives becomes the input as it is.",
    hint: fromWhatArrived,
    startsByName: true,
  },
  startedByMembers: false,
  isRequestable: false,
  mayTalk: true,
  hasSecret: false,
  listensTo: ({ event }) => event ?? messageEvent,
  sample: ({ event }) => sampleEvent(event ?? messageEvent),
});
