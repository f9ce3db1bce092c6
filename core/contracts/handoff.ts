import { z } from "zod";
import { undecidableSchema } from "./undecidable-rest";

/** What a person may answer when nobody knows whether a call took effect. */
export const unknownOutcomeAnswers = ["completed", "retry", "failed"] as const;
export type UnknownOutcomeAnswer = (typeof unknownOutcomeAnswers)[number];

/** The answers as they read on a button. */
export const unknownOutcomeChoices: readonly { value: UnknownOutcomeAnswer; label: string }[] = [
  { value: "completed", label: "It happened: go on" },
  { value: "retry", label: "It did not happen: try again" },
  { value: "failed", label: "Stop: fail this step" },
];

/** How a handoff is given back. A question takes one of its choices, everything else any words. */
export const resolveHandoffSchema = z.strictObject({
  resolution: z
    .union([z.enum(unknownOutcomeAnswers), z.string().max(1000)])
    .optional()
    .describe(
      "Of a question about a call whose outcome is unknown, required: completed (it happened, the run goes on with `output`), retry (it did not happen, the call is made again) or failed. Else words of one's own.",
    ),
  note: z.string().max(5000).optional().describe("For colleagues: kept with the step"),
  output: z
    .json()
    .optional()
    .describe(
      "What came of it: of a completed call its output, else part of the step's output. Refused for a call behind an approval where steps after it act on it: nobody approved it",
    ),
});

const sentRequestSchema = z.object({
  connection: z.string(),
  method: z.string(),
  path: z.string(),
  query: z.json(),
  body: z.json(),
  idempotency_key: z.string(),
});

/** A handoff, or a question about a call, as its answerer sees it. */
export const handoffObjectSchema = z.object({
  id: z.string(),
  run_id: z.string(),
  node_id: z.string(),
  status: z.string().describe("open, resolved, cancelled …"),
  title: z.string(),
  question: z.string().nullable().describe("Set when a person is asked what came of a call"),
  choices: z
    .array(z.object({ value: z.string(), label: z.string() }))
    .describe("The only answers to the question; empty: `resolution` is free"),
  request: sentRequestSchema.nullable().describe("The call in question as it was sent, without credentials"),
  assign_to: z.array(z.string()),
  due_at: z.string().nullable(),
  undecidable: undecidableSchema,
  created_at: z.string(),
});
