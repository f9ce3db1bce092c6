import { z } from "zod";
import { AppError } from "@/core/errors";

/** What a handoff froze when it was opened; a question about a call has choices, a conversation handed over has not. */
const handoffRequestSchema = z.object({
  /** What came of a call is asked. */
  unknownOutcome: z.boolean().default(false),
  title: z.string().optional(),
  headline: z.string().nullish(),
  summary: z.string().nullish(),
  question: z.string().optional(),
  choices: z.array(z.object({ value: z.string(), label: z.string() })).default([]),
  sent: z
    .object({
      connection: z.string(),
      method: z.string(),
      path: z.string(),
      query: z.json(),
      body: z.json(),
      idempotencyKey: z.string(),
    })
    .nullish(),
});

export type HandoffRequest = z.output<typeof handoffRequestSchema>;
export type SentRequest = NonNullable<HandoffRequest["sent"]>;

export function readHandoffRequest(request: unknown): HandoffRequest {
  return handoffRequestSchema.parse(request);
}

/** Refuses what is none of a question's choices. Anything is an answer where there are none. */
export function requireChoice(request: unknown, answer: string | null | undefined, path: string): void {
  const { choices } = readHandoffRequest(request);
  if (choices.length === 0 || choices.some(({ value }) => value === answer)) return;
  const known = choices.map(({ value, label }) => `${value} (${label})`).join(", ");
  throw new AppError(
    "validation_failed",
    "This question takes certain answers only, because the run goes on by them.",
    [{ code: "unknown_answer", path, message: `Choose one of: ${known}.` }],
  );
}
