import { z } from "zod";

/** One line of the audit log: who did what to what. */
export const auditEntrySchema = z.object({
  id: z.string().describe("Grows with time"),
  at: z.string(),
  actor: z.object({ type: z.string(), id: z.string(), name: z.string(), via: z.string() }),
  action: z.string().describe("e.g. connection.created"),
  subject: z.object({ type: z.string(), id: z.string() }),
  data: z.json(),
  address: z.string().nullable().describe("Where the request came from; null for what the product did by itself"),
  auth: z
    .string()
    .nullable()
    .describe("How the actor was proven: session, fresh_session, api_key, link, signature or system"),
  payload_hash: z
    .string()
    .nullable()
    .describe("SHA-256 (hex) of what was shown to whoever decided, or of what was sent to start or correct a run"),
});
export type AuditItem = z.output<typeof auditEntrySchema>;

/** A line as people read it: with what its subject is called, and where it is. */
export interface ActivityEntry extends AuditItem {
  /** Of the subject: null where it is not there any more and nothing of the line says what it was called. */
  name: string | null;
  /** Its page; null where it has none, or is not there any more. */
  href: string | null;
  /** In whose name it was done. */
  onBehalfOf: string | null;
}

/** Up to where the log is sealed, and how anybody with the database can check it. */
export interface ChainState {
  head: { hash: string; upTo: string; at: string } | null;
  command: string;
}

/** What came of computing the seals again. */
export interface ChainCheck {
  /** The first broken link, as a sentence; null: what was checked is whole. */
  problem: string | null;
  /** How many lines were checked. */
  lines: number;
  /** Newer ones, which no seal covers yet. */
  unsealed: number;
  /** The number of the last line before those that were checked; null: all from the first on. */
  after: string | null;
  /** The last that was checked; null: none. */
  upTo: string | null;
  at: string;
}
