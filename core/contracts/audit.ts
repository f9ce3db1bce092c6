import { z } from "zod";

/** One line of the audit log: who did what to what. */
export const auditEntrySchema = z.object({
  id: z.string().describe("Grows with time"),
  at: z.string(),
  actor: z.object({ type: z.string(), id: z.string(), name: z.string(), via: z.string() }),
  action: z.string().describe("e.g. connection.created"),
  subject: z.object({ type: z.string(), id: z.string() }),
  data: z.json(),
});
export type AuditItem = z.output<typeof auditEntrySchema>;
