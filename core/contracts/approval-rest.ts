import { z } from "zod";
import { quorumModes } from "@/core/quorum";
import { undecidableSchema } from "./undecidable-rest";
import { countsBySchema } from "./calendar";

/** An approval on the wire. */
export const approvalObjectSchema = z
  .object({
    id: z.string(),
    run_id: z.string(),
    node_id: z.string(),
    status: z.enum(["pending", "approved", "rejected", "timed_out", "cancelled", "superseded", "info_requested"]),
    action_label: z.string(),
    headline: z.string(),
    fields: z.array(z.object({ label: z.string(), value: z.string() })),
    fingerprint: z
      .string()
      .describe(
        "Another one as soon as anything of it changes that whoever decides is shown; see POST /api/v1/approvals/decisions",
      ),
    assign_to: z.array(z.string()),
    rule: z
      .object({
        sentence: z.string(),
        note: z.string().nullable(),
        table: z.string(),
        version: z.number().int(),
        row: z.number().int().nullable(),
      })
      .nullable()
      .describe("Why they are asked, where a table of approver rules said so; row null: no row fitted"),
    changed: z
      .array(z.object({ path: z.string(), was: z.json(), now: z.json(), label: z.string().optional() }))
      .describe(
        "Why it is asked again: values that changed after an earlier approval; empty the first time. `label`: what the card calls one that it shows",
      ),
    approved_before: z
      .object({ run_id: z.string(), by: z.string().nullable(), at: z.string().nullable(), happened: z.boolean() })
      .nullable()
      .describe(
        "Who approved it already, in the run that this one goes on from or in this one before it went back to an earlier step, and whether what it allows was done there (in this run: whether it has called anything since)",
      ),
    due_at: z.string().nullable(),
    counts_by: countsBySchema
      .nullable()
      .describe("The working calendar by which due_at was counted, as it was called then; null: every hour counted"),
    created_at: z.string(),
    decision: z.enum(["approved", "rejected", "timed_out", "cancelled"]).nullable(),
    decided_by: z.string().nullable(),
    decided_at: z.string().nullable(),
    comment: z.string().nullable(),
    decisions_needed: z
      .number()
      .int()
      .describe(
        "How many must approve: what the quorum says, and 2 at least where the requester may not approve and nobody can tell who began the run",
      ),
    quorum: z.enum(quorumModes).describe("Whether one of those who are asked decides, or several"),
    votes: z
      .array(
        z.object({
          by: z.string(),
          decision: z.enum(["approved", "rejected"]),
          at: z.string(),
          comment: z.string().nullable(),
        }),
      )
      .describe("Where several people decide: what was said before the decision, first to last"),
    delegations: z
      .array(z.object({ from: z.string(), to: z.string(), reason: z.string().nullable(), at: z.string() }))
      .describe("Who gave it to which colleague: either of the two may decide, and they count as one"),
    questions: z
      .array(
        z.object({
          by: z.string(),
          to: z.string(),
          text: z.string(),
          at: z.string(),
          answer: z.string().nullable(),
          answered_by: z.string().nullable(),
          answered_at: z.string().nullable(),
        }),
      )
      .describe("What was asked back, first to last. While the last is open, due_at is null: the time stands still"),
    undecidable: undecidableSchema,
  })
  .meta({ id: "Approval" });

/** What is asked of the requester, or answered. */
export const questionText = z.string().trim().min(1).max(4000);

export const askBodySchema = z.strictObject({ question: questionText });

export const answerBodySchema = z.strictObject({ answer: questionText });

export const delegateBodySchema = z.strictObject({
  to: z.string().min(1).max(320).describe("The colleague: user:… or the e-mail address of a member"),
  reason: z.string().trim().max(1000).optional().describe("Why; kept in the history and the audit log"),
});

export const reassignBodySchema = z.strictObject({
  assign_to: z
    .array(z.string().min(1).max(320))
    .min(1)
    .max(20)
    .describe(
      "Whom to ask instead: role:…, team:…, user:…, the e-mail address of a member, or of somebody without an account where the step says `outside`",
    ),
  reason: z.string().max(1000).optional().describe("Why; kept in the history and the audit log"),
});
