import { z } from "zod";
import { severalOf, shownApprovalSchema } from "./decisions";

export const decisionsBodySchema = z.strictObject({
  decision: z.enum(["approved", "rejected"]),
  approvals: severalOf(shownApprovalSchema, ({ id }) => id).describe(
    "Which ones. With the `fingerprint` that the approval had when it was read, it is decided only as long as it says the same.",
  ),
  comment: z.string().max(5000).optional(),
  message_to_requester: z.string().max(5000).optional(),
});

export const decisionsAnswerSchema = z
  .object({
    results: z.array(
      z.object({
        id: z.string(),
        result: z
          .enum(["decided", "voted", "already_decided", "refused"])
          .describe("voted: the word is kept, and more people must decide"),
        code: z.string().nullable().describe("Of a refusal: as the decision of this one alone would be refused"),
        message: z.string().nullable(),
        decision: z.string().nullable(),
        decided_by: z.string().nullable(),
        decided_at: z.string().nullable(),
      }),
    ),
    decided: z.number().int(),
    voted: z.number().int(),
    refused: z.number().int(),
  })
  .meta({ id: "Decisions" });
