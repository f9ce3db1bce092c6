import { z } from "zod";
import { quorumModes } from "@/core/quorum";
import { ruleDocumentSchema, ruleKeySchema, ruleLimits, type RuleDocument } from "@/core/approver-rules/document";
import { revisionNumber, versionNumber } from "./version-number";
import type { RuleProblem } from "@/core/approver-rules/problems";

/** Tables of one organization. */
export const mostRules = 100;

const name = z.string().trim().min(1, "Give it a name.").max(ruleLimits.name);

export const ruleNameSchema = z.strictObject({ key: ruleKeySchema });
export const createRuleSchema = z.strictObject({ key: ruleKeySchema, name, document: ruleDocumentSchema.optional() });
/** `revision`: of the draft that was read. */
export const saveRuleSchema = z.strictObject({
  key: ruleKeySchema,
  revision: revisionNumber,
  name,
  document: ruleDocumentSchema,
});
/** `liveVersion`: what was live when the changes were read; null where nothing was. */
export const publishRuleSchema = z.strictObject({
  key: ruleKeySchema,
  revision: revisionNumber,
  liveVersion: versionNumber.nullable(),
  note: z.string().trim().max(ruleLimits.note).default(""),
});
export const restoreRuleSchema = z.strictObject({
  key: ruleKeySchema,
  revision: revisionNumber,
  version: versionNumber,
});

const answerSchema = z.union([
  z.string().max(1_000),
  z.number(),
  z.boolean(),
  z.null(),
  z.strictObject({ amount: z.number(), currency: z.string().max(3) }),
]);
export const simulateBodySchema = z.strictObject({
  values: z
    .record(z.string().max(40), answerSchema)
    .default({})
    .describe('What each question is answered with, by its name; an amount with its currency: `"12000 EUR"`'),
  requester: z.string().trim().min(1).max(320).nullish().describe("Who asks: `usr_…` or an e-mail address"),
  version: z
    .union([z.literal("live"), z.literal("draft"), versionNumber])
    .default("live")
    .describe("Which version answers: a number, `live`, or `draft`"),
});
export const simulateRuleSchema = simulateBodySchema.extend({ key: ruleKeySchema });
export type SimulateRule = z.output<typeof simulateRuleSchema>;

const personSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  may_decide: z.boolean(),
  why_not: z
    .enum(["requester", "no_right"])
    .nullable()
    .describe("Asked for it themselves, or may not decide approvals"),
  away: z
    .object({ until: z.string().nullable(), deputy: z.string().nullable() })
    .nullable()
    .describe("They are away now, and who answers in their name"),
});

export const simulationSchema = z.object({
  version: versionNumber.nullable().describe("Null: the draft answered"),
  row: z.number().int().nullable().describe("The number of the row that fits; null: none, so `otherwise` decides"),
  because: z.array(z.string()),
  sentence: z.string().describe("Why, in one sentence"),
  refused: z.boolean().describe("Nobody may approve it"),
  note: z.string().nullable(),
  quorum: z.enum(quorumModes),
  decisions_needed: z.number().int().describe("How many must approve, as people are today"),
  conditions: z.string().nullable().describe("Who decides and how, in words; null where nobody may"),
  asked: z.array(z.object({ ref: z.string(), name: z.string(), people: z.array(personSchema) })),
});
export type Simulation = z.output<typeof simulationSchema>;
export type SimulatedPerson = z.output<typeof personSchema>;

export const ruleItemSchema = z.object({
  key: z.string(),
  name: z.string(),
  live_version: versionNumber.nullable(),
  published_at: z.string().nullable(),
  published_by: z.string().nullable(),
  has_changes: z.boolean().describe("The draft says something else than what is live"),
  rows: z.number().int().describe("How many rows the draft has"),
  used_by: z.array(z.object({ slug: z.string(), name: z.string() })).describe("Live workflows that ask by it"),
});
export type RuleItem = z.output<typeof ruleItemSchema>;

export const ruleObjectSchema = ruleItemSchema.extend({
  document: ruleDocumentSchema.nullable().describe("As it is live; null where it never was"),
  draft: z.object({ revision: revisionNumber, document: ruleDocumentSchema }),
});

/** A table as its page shows it. */
export interface RuleDetail extends RuleItem {
  draft: { revision: number; document: RuleDocument; by: string; at: string };
  live: RuleDocument | null;
  /** Of the draft: what stops publishing, and what is worth a thought. */
  problems: RuleProblem[];
  /** What publishing the draft would change, in words. */
  changes: string[];
  /** Of live workflows: what the draft asks and they do not say. */
  gaps: string[];
  /** Names of those whom it names, by reference. */
  names: Record<string, string>;
}

export interface RuleVersion {
  number: number;
  note: string;
  publishedBy: string;
  publishedAt: string;
  isLive: boolean;
  rows: number;
}
