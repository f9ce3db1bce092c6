import { z } from "zod";
import { timeSchema } from "./time";

export const longestNote = 200;
/** Workflows that one deputy may be named for. */
export const mostWorkflows = 50;

const person = z.string().trim().min(1).max(320);

export const setAbsenceSchema = z.strictObject({
  user: person.optional().describe("Who is away, `usr_…` or an e-mail address; left out for yourself"),
  from: timeSchema.optional().describe("Left out: from now on"),
  until: timeSchema.nullish().describe("Left out: until somebody ends it"),
  deputy: person.nullish().describe("Who answers in their name, `usr_…` or an e-mail address; left out: nobody"),
  workflows: z
    .array(z.string().min(1).max(200))
    .max(mostWorkflows)
    .default([])
    .describe("Slugs of the workflows that the deputy answers for; empty for all"),
  limit: z
    .strictObject({
      amount: z.number().min(0).max(1_000_000_000_000).multipleOf(0.01),
      currency: z.string().regex(/^[A-Z]{3}$/, "Give the three letters of a currency, such as EUR."),
    })
    .nullish()
    .describe("The highest amount of an approval that the deputy decides"),
  note: z.string().trim().max(longestNote).nullish(),
});
export type SetAbsence = z.output<typeof setAbsenceSchema>;

const namedSchema = z.object({ id: z.uuid(), name: z.string() });

export const absenceSchema = z.object({
  id: z.uuid(),
  user: namedSchema,
  from: z.string(),
  until: z.string().nullable(),
  is_away: z.boolean().describe("False for an absence that is still to come"),
  deputy: namedSchema.nullable(),
  workflows: z.array(z.object({ slug: z.string(), name: z.string() })),
  limit: z.object({ amount: z.number(), currency: z.string() }).nullable(),
  note: z.string().nullable(),
  set_by: z.string(),
});
export type AbsenceItem = z.output<typeof absenceSchema>;
