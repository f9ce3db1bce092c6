import { nextOccurrences, validateCron } from "@/core/schedule/cron";
import { cronWords } from "@/core/schedule/cron-words";
import type { Trigger, TriggerType } from "@/core/workflow/document";

/** What starts the workflow, in one sentence: "Every weekday at 09:00, Asia/Jakarta." */
export function triggerSentence(trigger: Trigger): string {
  return sentences[trigger.type](trigger);
}

const sentences: Readonly<Record<TriggerType, (trigger: Trigger) => string>> = {
  schedule({ cron = "", timezone = "UTC" }) {
    const checked = validateCron(cron, timezone);
    return checked.ok ? `${cronWords(cron)}, ${timezone}.` : "The schedule does not say when yet.";
  },
  webhook: ({ respond, filter }) =>
    `When its address is called${filter === undefined ? "" : " and its filter is true"}${respond === "output" ? "; the caller waits for the output" : ""}.`,
  event({ event, filter }) {
    if (event === undefined || event.trim() === "") return "The event has no name yet.";
    return `When ${eventWords(event)}${filter === undefined ? "" : ", and its filter is true"}.`;
  },
  form: () => "When somebody sends the form behind its link.",
  manual: () => "When somebody of your organization starts it by hand.",
  api: () => "When one of your programs asks for it with an API key.",
  conversation: ({ filter }) => `When a customer writes${filter === undefined ? "" : ", and its filter is true"}.`,
};

/** Names that the product itself sends. */
export const knownEvents: readonly { name: string; words: string; data: Record<string, string | number> }[] = [
  {
    name: "contact.created",
    words: "a contact is added",
    data: { name: "Jane Cooper", email: "jane@acme.com", plan: "pro" },
  },
  {
    name: "customer.created",
    words: "a new customer is added",
    data: { name: "Jane Cooper", email: "jane@acme.com", plan: "pro" },
  },
  { name: "conversation.opened", words: "a conversation is opened", data: { subject: "Upgrade" } },
  { name: "conversation.message", words: "a customer writes a message", data: { text: "I want to upgrade" } },
  {
    name: "product.stock_depleted",
    words: "a product's stock hits zero",
    data: { sku: "A-100", name: "Desk lamp", stock: 0 },
  },
];

function eventWords(name: string): string {
  const known = knownEvents.find((event) => event.name === name);
  return known ? `${known.words} (${name})` : `the event ${name} arrives`;
}

/** The next times of a schedule as it stands in the draft, ms; none while it is not right. */
export function draftTimes({ cron = "", timezone = "UTC" }: Trigger, now: number, count: number): number[] {
  return nextOccurrences(cron, timezone, now, count);
}

/** "Mon 23 Nov 2026, 09:00" in the schedule's own zone. */
export function tickWords(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZone,
  }).format(at);
}
