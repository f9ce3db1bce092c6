import { z } from "zod";

export const heldSubjects = ["organization", "workflow", "run"] as const;

export const placeHoldSchema = z.strictObject({
  subject: z.enum(heldSubjects).describe("What is kept: everything, the runs of a workflow, or one run"),
  id: z.string().max(200).optional().describe("The workflow (id or slug) or the run; left out for the organization"),
  reason: z.string().trim().min(1).max(1000),
});
export type PlaceHold = z.output<typeof placeHoldSchema>;

export const legalHoldSchema = z.object({
  id: z.uuid(),
  subject: z.enum(heldSubjects),
  subject_id: z.uuid(),
  reason: z.string(),
  placed_by: z.uuid(),
  placed_at: z.string(),
  lifted_at: z.string().nullable(),
});
export type LegalHoldItem = z.output<typeof legalHoldSchema>;

export const retentionSchema = z.strictObject({
  minimum_retention_days: z
    .int()
    .min(0)
    .max(3650)
    .describe("Days after its end in which nobody, and no retention of a workflow, deletes a run"),
});
