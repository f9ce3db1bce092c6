import { z } from "zod";
import { decide } from "@/core/approver-rules/decide";
import { refuses, type LiveRule, type RuleOutcome } from "@/core/approver-rules/document";
import { refusalSentence, ruleSentence } from "@/core/approver-rules/words";
import { asObject, type Json, type JsonObject } from "@/core/json";
import type { StepContext, StepEvaluator } from "@/core/ports";
import { cutText } from "@/core/storable-text";
import type { StepError } from "@/core/step-error";
import type { StepErrorCode } from "@/core/step-error-codes";
import { asTexts } from "@/steps/outcome";
import type { ApprovalConfig } from "./config";
import type { FilledApproval } from "./request";

/** Whom the question goes to, and until when; `assignTo` undefined where the step names nobody. */
interface Addressed {
  request: JsonObject;
  assignTo: Json | undefined;
  timeoutHours: number | undefined;
  timeout: Json;
}

type Result<T> = { ok: true; value: T } | { ok: false; error: StepError };

/** A reason is shown with the question, on one line. */
const longestReason = 200;

/**
 * The question as the step asks it; or, where a table of approver rules names the people, as its version of this moment does. Which row
 * that was is kept in the question for good: what becomes of the table later changes nothing that was asked.
 */
export async function byRule(
  { config, evaluate, ports }: StepContext<ApprovalConfig>,
  filled: FilledApproval,
): Promise<Result<Addressed>> {
  const { rules, timeoutHours } = config;
  if (rules === undefined) {
    const { request, timeout } = filled;
    return {
      ok: true,
      value: { request, assignTo: config.assignTo === undefined ? undefined : filled.assignTo, timeoutHours, timeout },
    };
  }
  const live = await ports.directory.approverRule(rules.table);
  if (live === null)
    return failed(
      "unknown_rule_table",
      `There is no live table of approver rules "${cutText(rules.table, 100)}". Publish it, or name another one in the step, then try again.`,
    );
  const values = answers(evaluate, rules.values);
  if (!values.ok) return values;
  const { row, outcome, because } = decide(live.document, values.value);
  const rule = {
    table: live.key,
    name: live.name,
    version: live.version,
    row,
    because: because.map((reason) => cutText(reason, longestReason)),
  };
  if (refuses(outcome)) return failed("no_approver", refusalSentence(rule, outcome.note));
  return {
    ok: true,
    value: {
      request: ruledRequest(filled.request, rule, outcome),
      assignTo: outcome.assignTo,
      timeoutHours: outcome.timeoutHours ?? timeoutHours,
      timeout: outcome.timeoutHours === undefined ? filled.timeout : null,
    },
  };
}

/** A value that is not there is no mistake of the step: the table says what becomes of it. */
function answers(evaluate: StepEvaluator, values: Readonly<Record<string, Json>>): Result<JsonObject> {
  const filled: [string, Json][] = [];
  for (const [name, template] of Object.entries(values)) {
    const value = evaluate.template(template);
    if (!value.ok && value.error.code !== "missing_value") return value;
    filled.push([name, value.ok ? value.value : null]);
  }
  return { ok: true, value: Object.fromEntries(filled) };
}

type KeptRule = Omit<LiveRule, "key" | "document"> & { table: string; row: number | null; because: string[] };

/** At least as strict as the step by itself: what either of them forbids, both do. */
function ruledRequest(request: JsonObject, rule: KeptRule, outcome: RuleOutcome): JsonObject {
  const {
    quorum,
    requesterCannotApprove = false,
    commentRequiredOn = [],
    timeoutHours,
    escalateTo = [],
    note,
  } = outcome;
  const policy = asObject(request["policy"]);
  const several = quorum !== undefined && quorum.mode !== "any";
  return {
    ...request,
    policy: {
      ...policy,
      requesterCannotApprove: policy["requesterCannotApprove"] === true || requesterCannotApprove,
      commentRequiredOn: [...new Set([...asTexts(policy["commentRequiredOn"]), ...commentRequiredOn])],
      // The others would approve what one of them changed without having been shown it.
      ...(several ? { editable: [] } : {}),
    },
    ...(several ? { quorum: { mode: quorum.mode, ...(quorum.n === undefined ? {} : { n: quorum.n }) } } : {}),
    rule: {
      ...rule,
      ...(note === undefined || note === "" ? {} : { note }),
      ...(timeoutHours === undefined ? {} : { timeoutHours }),
      ...(escalateTo.length === 0 ? {} : { escalateTo }),
    },
  };
}

const keptRuleSchema = z.object({
  name: z.string(),
  version: z.number(),
  row: z.number().nullable(),
  because: z.array(z.string()),
});

/** Why these people were asked, in one sentence; null where no rule did. */
export function askedByRule(request: JsonObject): string | null {
  const rule = keptRuleSchema.safeParse(request["rule"]);
  return rule.success ? ruleSentence(rule.data) : null;
}

/** Whether the rule that asked says who is asked after its time, and they have not been yet. */
export function escalatesByRule(request: JsonObject): boolean {
  return request["escalated"] !== true && asTexts(asObject(request["rule"])["escalateTo"]).length > 0;
}

/** Who is asked after the time, and for how long: what the rule said when it asked goes before what the step says. */
export function escalation(
  { config }: StepContext<ApprovalConfig>,
  filled: FilledApproval,
  request: JsonObject,
): { escalateTo: Json; timeoutHours: number | undefined; timeout: Json } {
  const { escalateTo = null, timeoutHours } = asObject(request["rule"]);
  const byTable = typeof timeoutHours === "number";
  return {
    escalateTo: escalateTo ?? filled.escalateTo,
    timeoutHours: byTable ? timeoutHours : config.timeoutHours,
    timeout: byTable ? null : filled.timeout,
  };
}

function failed(code: StepErrorCode, message: string): { ok: false; error: StepError } {
  return { ok: false, error: { code, message, class: "other", retryable: false } };
}
