import { z } from "zod";
import { milliseconds, timeRanges } from "@/core/workflow/milliseconds";
import { answerForms, deliveryIdPresets, signatureSchemes, webhookMethods } from "@/core/workflow/trigger-words";
import { filterField } from "@/triggers/filter-field";

/** What a webhook says of its senders, of proof, and of the answer. */
export const webhookFields = {
  respond: z.enum(["accepted", "output"]).optional(),
  respondTimeoutMs: milliseconds(timeRanges.respond).optional(),
  methods: z
    .array(z.enum(webhookMethods))
    .min(1)
    .optional()
    .describe("Methods that start a run; POST alone when nothing is said"),
  callers: z
    .enum(["signed", "anyone"])
    .optional()
    .describe(
      "signed: calls are refused while the trigger has no secret; anyone: whoever has the address may call. When nothing is said: signed once it has had a secret",
    ),
  signature: z
    .enum(signatureSchemes)
    .optional()
    .describe("How the sender signs. Named: calls are refused while the trigger has no secret"),
  deliveryId: z
    .union([
      z.enum(deliveryIdPresets),
      z.strictObject({
        header: z
          .string()
          .regex(/^[A-Za-z0-9-]+$/)
          .max(100),
      }),
      z.strictObject({ expression: z.string().min(1).max(10_000) }),
    ])
    .optional()
    .describe("Where the id of a delivery comes from: the same id starts one run"),
  verification: z
    .enum(["auto", "off"])
    .optional()
    .describe("auto: a sender's check of the address is answered, and starts nothing"),
  verifyToken: z
    .string()
    .min(1)
    .max(500)
    .optional()
    .describe("What a sender's check by GET must bring as its verify token"),
  answer: z.enum(answerForms).optional().describe("Form of the answer: JSON, plain text or nothing"),
  answerText: z.string().max(2000).optional().describe("Of a plain text answer that does not wait for the output"),
  answerStatus: z
    .int()
    .min(200)
    .max(299)
    .optional()
    .describe("Status of an answer that does not wait for the output; 202 otherwise"),
  failedStatus: z
    .int()
    .min(200)
    .max(599)
    .optional()
    .describe("Status of the answer for a run that failed or was cancelled; 500 otherwise"),
  ...filterField,
};
