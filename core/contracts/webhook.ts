import { z } from "zod";
import { eventNameSchema } from "@/core/event-name";
import { eventNameProblem, lifecycleEvents } from "./webhook-events";

const eventName = eventNameSchema("kyc.completed")
  .superRefine((name, context) => {
    const problem = eventNameProblem(name);
    if (problem !== null) context.addIssue({ code: "custom", message: problem });
  })
  .describe(`${lifecycleEvents.join(", ")}, or a name that a workflow emits`);
/** A name that comes twice is one. */
const eventNames = z
  .array(eventName)
  .max(200)
  .transform((names) => [...new Set(names)]);
const url = z.url({ protocol: /^https?$/, error: "must be an http:// or https:// address" }).max(2000);

/** Somebody outside who wants to be told. */
export const webhookSubscriptionSchema = z.object({
  id: z.string(),
  url: z.string(),
  events: z.array(z.string()).describe("Empty: all of them"),
  enabled: z.boolean(),
  disabled_at: z.string().nullable(),
  created_at: z.string(),
});
export type WebhookSubscriptionItem = z.output<typeof webhookSubscriptionSchema>;

export const createSubscriptionSchema = z.strictObject({ url, events: eventNames.default([]) });
export const changeSubscriptionSchema = z.strictObject({
  url: url.optional(),
  events: eventNames.optional(),
  enabled: z.boolean().optional(),
});

/** The only time the signing secret is shown. */
export const createdSubscriptionSchema = webhookSubscriptionSchema.extend({
  secret: z.string().describe("Signs every delivery as Standard Webhooks says; shown once"),
  previous_secret_until: z
    .string()
    .nullable()
    .describe("After a rotation: until then the secret before it signs as well, as a second signature"),
});

export const deliverySchema = z.object({
  id: z.string(),
  event: z.string(),
  url: z.string(),
  run_id: z.string().nullable(),
  status: z.string().describe("pending, delivered, captured, failed (will be tried again) or dead"),
  attempts: z.number().int(),
  last_error: z.string().nullable(),
  payload: z.json(),
  response: z.json(),
  created_at: z.string(),
  delivered_at: z.string().nullable(),
});
export type DeliveryItem = z.output<typeof deliverySchema>;
