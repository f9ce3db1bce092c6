import { z } from "zod";
import { quorumModes } from "@/core/quorum";

/** How large a table may be. `limit` is the highest number or amount that a cell names. */
export const ruleLimits = {
  questions: 8,
  rows: 200,
  choices: 50,
  values: 50,
  /** Of all cells together. */
  allValues: 4_000,
  people: 20,
  name: 80,
  title: 60,
  text: 100,
  note: 300,
  limit: 1_000_000_000_000,
} as const;

// A draft may be unfinished: what is missing or does not fit together is named by `ruleProblems`, and only stops publishing.
const text = z.string().trim().max(ruleLimits.text);
const questionName = z.string().trim().max(40);
const heading = { name: questionName, title: z.string().trim().max(ruleLimits.title) };

const questionSchema = z.discriminatedUnion("type", [
  z.strictObject({ ...heading, type: z.literal("text") }),
  z.strictObject({ ...heading, type: z.literal("number") }),
  z.strictObject({ ...heading, type: z.literal("money"), currency: z.string().trim().max(3) }),
  z.strictObject({ ...heading, type: z.literal("choice"), choices: z.array(text).max(ruleLimits.choices) }),
]);
/** A column: what is asked about a request. An amount counts in its currency alone, and without its sign. */
export type RuleQuestion = z.output<typeof questionSchema>;
export type QuestionType = RuleQuestion["type"];
export const questionTypes = ["money", "number", "choice", "text"] as const satisfies readonly QuestionType[];

const limit = z.number().min(-ruleLimits.limit).max(ruleLimits.limit);
const texts = z.array(text).max(ruleLimits.values);
const cellSchema = z.discriminatedUnion("is", [
  z.strictObject({ is: z.literal("from"), from: limit }),
  z.strictObject({ is: z.literal("over"), over: limit }),
  z.strictObject({ is: z.literal("up_to"), to: limit }),
  z.strictObject({ is: z.literal("between"), from: limit, to: limit }),
  z.strictObject({ is: z.literal("one_of"), values: texts }),
  z.strictObject({ is: z.literal("none_of"), values: texts }),
]);
/** What a row asks of one column; both ends count, save of `over`. Texts are compared without regard to case. */
export type RuleCell = z.output<typeof cellSchema>;

const references = z.array(z.string().trim().min(1).max(320)).max(ruleLimits.people);
const note = z.string().trim().max(ruleLimits.note).optional();
const outcomeFields = {
  assignTo: references,
  quorum: z.strictObject({ mode: z.enum(quorumModes), n: z.number().positive().optional() }).optional(),
  requesterCannotApprove: z.boolean().optional(),
  commentRequiredOn: z
    .array(z.enum(["approved", "rejected"]))
    .max(2)
    .optional(),
  timeoutHours: z.number().positive().max(87_600).optional(),
  escalateTo: references.optional(),
  note,
};
const outcomeSchema = z.strictObject(outcomeFields);
/** Who decides, and how. `timeoutHours` takes the place of what the step says; `escalateTo` is who is asked after it. */
export type RuleOutcome = z.output<typeof outcomeSchema>;

/** `when`: by the name of the question; a column that is left out may have any value. */
const rowSchema = z.strictObject({ when: z.record(questionName, cellSchema), ...outcomeFields });
export type RuleRow = z.output<typeof rowSchema>;

const refusalSchema = z.strictObject({ refuse: z.literal(true), note });
/** What becomes of a request that fits no row: people decide, or nobody may approve it. */
export type RuleOtherwise = RuleOutcome | z.output<typeof refusalSchema>;

export const ruleDocumentSchema = z
  .strictObject({
    questions: z.array(questionSchema).max(ruleLimits.questions),
    rows: z.array(rowSchema).max(ruleLimits.rows),
    otherwise: z.union([refusalSchema, outcomeSchema]),
  })
  .refine(
    ({ rows }) =>
      rows.reduce((sum, { when }) => sum + Object.values(when).reduce((all, cell) => all + sizeOf(cell), 0), 0) <=
      ruleLimits.allValues,
    { path: ["rows"], message: `All rows together name at most ${String(ruleLimits.allValues)} values.` },
  );
function sizeOf(cell: RuleCell): number {
  return "values" in cell ? cell.values.length : 1;
}

/** Who decides what: rows from top to bottom, the first that fits decides. */
export type RuleDocument = z.output<typeof ruleDocumentSchema>;

export const ruleKeySchema = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,59}$/, "Begin with a letter, and use small letters, digits and - only.");

export function refuses(outcome: RuleOtherwise): outcome is z.output<typeof refusalSchema> {
  return "refuse" in outcome;
}

/** A table as it decides at this moment. */
export interface LiveRule {
  key: string;
  name: string;
  version: number;
  document: RuleDocument;
}
