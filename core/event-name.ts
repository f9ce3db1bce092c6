import { z } from "zod";

const longest = 200;
const pattern = /^[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*$/;

/** Webhook calls that were refused are kept under this name, to be sent again. No sender gives it to an event. */
export const heldWebhook = "webhook";

/** What `…/test` sends to a subscription. */
export const testEvent = "webhook.test";

/** The one form of an event's name: sent, listened to, subscribed to or emitted. The example is of the place where it stands. */
export function eventNameSchema(example: string): z.ZodString {
  return z
    .string()
    .regex(pattern, `is made of letters, digits, _ and -, in words with dots between them, e.g. ${example}`)
    .max(longest);
}

/** Why no event can have this name, in a sentence; null when one can. */
export function eventNameFault(name: string, example: string): string | null {
  const shown = name.length > 100 ? `${name.slice(0, 100)}…` : name;
  if (name.length > longest)
    return `"${shown}" is longer than the ${String(longest)} characters that the name of an event may have. Shorten it.`;
  if (pattern.test(name)) return null;
  return `"${shown}" cannot be the name of an event: it is made of letters, digits, _ and -, in words with dots between them. Write it like ${example}.`;
}
