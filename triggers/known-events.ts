import type { JsonObject } from "@/core/json";

/** Names that the product itself sends, and one that stands for what other systems send. */
export const knownEvents: readonly { name: string; words: string; data: JsonObject }[] = [
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

/** What an event of this name carries, as far as it is known. */
export function sampleEvent(name: string): JsonObject {
  return knownEvents.find((event) => event.name === name)?.data ?? {};
}
