import type { Trigger } from "@/core/workflow/document";
import { triggerKind } from "./trigger-kinds";

type Titled = Pick<Trigger, "id" | "type" | "label" | "signature" | "deliveryId">;

/** Who sends, as far as the trigger's settings say it. */
const senders: Readonly<Record<string, string>> = {
  github: "GitHub",
  stripe: "Stripe",
  shopify: "Shopify",
  slack: "Slack",
  twilio: "Twilio",
};

/** What a trigger is called among the others: its label, or its kind with its sender and the name it has in the document. */
export function triggerTitle(trigger: Titled, among: readonly Titled[]): string {
  const own = trigger.label ?? unlabelled(trigger);
  const hasTwin = among.some((other) => other.id !== trigger.id && (other.label ?? unlabelled(other)) === own);
  return hasTwin ? `${own} · ${trigger.id}` : own;
}

function unlabelled({ id, type, signature, deliveryId }: Titled): string {
  const preset = typeof deliveryId === "string" ? deliveryId : "";
  const sender = senders[signature ?? ""] ?? senders[preset];
  const kind = sender === undefined ? triggerKind(type).title : `${sender} ${triggerKind(type).title.toLowerCase()}`;
  if (id === type) return kind;
  const number = new RegExp(`^${type}_(\\d+)$`).exec(id)?.[1];
  return number === undefined ? `${kind} · ${id}` : `${kind} ${number}`;
}
