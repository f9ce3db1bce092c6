import { z } from "zod";
import { countsBySchema } from "@/core/contracts/calendar";
import { quorumModes } from "@/core/quorum";
import type { ApprovalPolicy } from "./policy";

/** What an approval froze when it was opened; written by the approval step, parsed on every read. */
const approvalRequestSchema = z.object({
  actionLabel: z.string().default("Approval"),
  headline: z.string().nullish(),
  fields: z.array(z.object({ label: z.string(), value: z.string() })).default([]),
  /** The money that it is about, and in which of the lines it stands. */
  money: z.object({ currency: z.string(), amount: z.string(), line: z.number().int() }).optional(),
  /** What the run was given, where its author named nothing to be shown. */
  facts: z.array(z.object({ path: z.string(), value: z.json() })).default([]),
  conversation: z.boolean().default(false),
  bound: z.array(z.object({ path: z.string(), value: z.json() })).default([]),
  changed: z.array(z.object({ path: z.string(), was: z.json(), now: z.json() })).default([]),
  /** What comes of each answer, and of none in time; not in what was asked by an earlier version. */
  consequences: z
    .object({ approved: z.array(z.string()), rejected: z.array(z.string()), timedOut: z.array(z.string()).nullable() })
    .optional(),
  policy: z
    .object({
      requesterCannotApprove: z.boolean().default(false),
      neverTwice: z.boolean().default(false),
      commentRequiredOn: z.array(z.enum(["approved", "rejected"])).default([]),
      editable: z.array(z.string()).default([]),
    })
    .default({
      requesterCannotApprove: false,
      neverTwice: false,
      commentRequiredOn: [],
      editable: [],
    }) satisfies z.ZodType<ApprovalPolicy>,
  /** Whether people without an account are asked by their address. */
  outside: z.boolean().default(false),
  /** By which working calendar its time was counted. */
  calendar: countsBySchema.optional(),
  /** The row of a table of approver rules that asked; kept for good, whatever becomes of the table. */
  rule: z
    .object({
      table: z.string(),
      name: z.string(),
      version: z.number().int(),
      row: z.number().int().nullable(),
      because: z.array(z.string()),
      note: z.string().optional(),
    })
    .optional(),
  quorum: z
    .object({
      mode: z.enum(quorumModes),
      /** Of a sequence: whom it asks, one after the other. */
      stages: z.array(z.string()).default([]),
    })
    .default({ mode: "any", stages: [] }),
});

export type ApprovalRequest = z.output<typeof approvalRequestSchema>;

export function readApprovalRequest(request: unknown): ApprovalRequest {
  return approvalRequestSchema.parse(request);
}

const votesSchema = z.array(
  z.object({
    people: z.array(z.string()),
    byName: z.string(),
    decision: z.enum(["approved", "rejected"]),
    at: z.string(),
    comment: z.string().nullish(),
  }),
);

/** What was said so far, where several people decide. */
export function readVotes(votes: unknown): z.output<typeof votesSchema> {
  return votesSchema.parse(votes);
}

const delegationsSchema = z.array(
  z.object({
    from: z.string(),
    fromName: z.string(),
    to: z.string(),
    toName: z.string(),
    reason: z.string().nullish(),
    at: z.string(),
  }),
);

/** Who gave it to which colleague. */
export function readDelegations(delegations: unknown): z.output<typeof delegationsSchema> {
  return delegationsSchema.parse(delegations);
}

const questionsSchema = z.array(
  z.object({
    id: z.string(),
    byName: z.string(),
    toName: z.string(),
    text: z.string(),
    at: z.string(),
    answer: z.string().nullish(),
    answeredBy: z.string().nullish(),
    answeredAt: z.string().nullish(),
  }),
);

/** What was asked back, first to last. */
export function readQuestions(questions: unknown): z.output<typeof questionsSchema> {
  return questionsSchema.parse(questions);
}

const approvalResolutionSchema = z.object({
  comment: z.string().nullish(),
  messageToRequester: z.string().nullish(),
  /** What was laid over the run's input: whole top-level fields. */
  edits: z.record(z.string(), z.json()).nullish(),
  /** The values that it changed, by path; not in decisions of an earlier version. */
  changes: z.array(z.object({ path: z.string(), was: z.json(), now: z.json() })).nullish(),
  onBehalfOf: z.object({ name: z.string(), wasAway: z.boolean().default(false) }).nullish(),
  /** By a link: how it was proven who decided. */
  provenBy: z.enum(["code", "session"]).nullish(),
});

/** What was said along with a decision; nothing where nobody decided. */
export function readResolution(resolution: unknown): z.output<typeof approvalResolutionSchema> {
  return approvalResolutionSchema.safeParse(resolution ?? {}).data ?? {};
}

export function readComment(resolution: unknown): string | null {
  return readResolution(resolution).comment ?? null;
}
