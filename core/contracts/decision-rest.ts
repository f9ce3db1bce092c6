import { z } from "zod";

/** What a decision says about itself over REST. */
export const decisionBodySchema = z.strictObject({
  comment: z.string().max(5000).optional(),
  message_to_requester: z.string().max(5000).optional(),
  edits: z.record(z.string().max(200), z.json()).optional(),
  on_behalf_of: z
    .email()
    .optional()
    .describe(
      'Decide in the name of this colleague, who must be asked and may decide. Needs approvals:decide:any; shown as "Olive for Max"',
    ),
});

export const rejectBodySchema = decisionBodySchema.omit({ edits: true });
