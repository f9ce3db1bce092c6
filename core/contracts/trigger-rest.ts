import { z } from "zod";

/** A trigger of the live version and of the draft, as it stands; `types` are those that there are. */
export const triggerStateSchema = (types: readonly string[]) =>
  z.object({
    triggerId: z.string(),
    type: z.enum(types),
    live: z
      .enum(["yes", "changed", "no"])
      .describe("changed: the live version has an older form of it; no: from the next publish on"),
    url: z.string().nullable().describe("Of a webhook or an intake form; for those who may change the workflow"),
    hasSecret: z.boolean(),
    needsProof: z
      .boolean()
      .describe("Of a webhook: calls must prove that they are genuine, and without a secret all of them are refused"),
    askedSecret: z
      .object({
        by: z.string().describe("Who asked"),
        byYou: z.boolean(),
        at: z.string(),
        removes: z.boolean().describe("The secret is to be removed, not replaced"),
      })
      .nullable()
      .describe("A change of the secret that waits for a second person"),
    nextTimes: z.array(z.string()).describe("Of a schedule that is live: the next five times, ISO-8601 in UTC"),
    lastFiredAt: z.string().nullable(),
    lastResult: z
      .union([
        z.object({ kind: z.literal("started"), at: z.string(), runId: z.string(), status: z.string() }),
        z.object({ kind: z.literal("refused"), at: z.string(), status: z.number().int(), message: z.string() }),
      ])
      .nullable(),
  });

/** A call of a webhook's address, or a tick of a schedule that started nothing. Kept for a week. */
export const triggerCallSchema = z.object({
  id: z.string(),
  at: z.string(),
  status: z.number().int().describe("What was answered"),
  message: z.string().nullable().describe("Why it was refused, or started nothing"),
  body: z.json().describe("As it was read; null when there was none or it was larger than 64 KB"),
  request: z.json().describe("method, headers, query and contentType, without what proves the sender"),
  deliveryId: z.string().nullable().describe("What the sender calls the delivery: the same one starts one run"),
  warnings: z.array(z.string()).describe("What was taken, but not quite as it was sent"),
  runId: z.string().nullable(),
});

/** Of a webhook; null: none. */
export const triggerSecretSchema = z.string().min(8).max(500).nullable();

export const setSecretSchema = z.object({
  secret: triggerSecretSchema.describe("What callers prove that they know; null removes it"),
});

export const secretChangeSchema = z
  .enum(["set", "removed", "asked", "dropped"])
  .describe("asked: it waits for a second person, and what was before holds; dropped: it stays as it was");
