import { z } from "zod";
import { admittedObject } from "./admitted-json";
import { eventNameSchema } from "@/core/event-name";

export const sendEventSchema = z.strictObject({
  name: eventNameSchema("product.stock_depleted"),
  data: admittedObject.default({}),
  id: z.string().min(1).max(200).optional().describe("Your own id of the event: the same one never starts a run twice"),
});

const refusedSchema = z.object({ workflow: z.string(), code: z.string(), message: z.string() });

/** Who took an event up. Workflows that it was not for are left out. */
export const eventAnswerSchema = z.object({
  id: z.string(),
  runs: z.array(z.object({ run_id: z.string(), workflow: z.string() })),
  refused: z.array(refusedSchema),
  unclear: z
    .array(z.object({ workflow: z.string(), message: z.string() }))
    .describe("Workflows that were not started because their trigger's filter could not be worked out"),
});

export const inboundEventSchema = eventAnswerSchema.extend({
  name: z.string(),
  external_id: z.string().nullable(),
  data: z.json(),
  held: z.boolean().describe("A webhook call that started nothing and can be sent again"),
  status: z
    .enum(["done", "open", "dead"])
    .describe(
      "open: not worked on to the end, tried again by itself; dead: given up after ten tries, redrive offers it again",
    ),
  attempts: z.number().int().describe("Tries that ended in an error"),
  last_error: z.string().nullable(),
  created_at: z.string(),
});
