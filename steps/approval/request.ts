import { moneyLine, readMoney } from "@/core/card-money";
import { asObject, type Json, type JsonObject } from "@/core/json";
import type { StepContext, StepEvaluator } from "@/core/ports";
import type { StepError } from "@/core/step-error";
import { pathLabel } from "@/core/workflow/path-label";
import { fillFields } from "@/steps/fill-fields";
import { asText } from "@/steps/outcome";
import { shownAmounts } from "./amounts";
import type { ApprovalConfig } from "./definition";

export interface FilledApproval {
  request: JsonObject;
  assignTo: Json;
  escalateTo: Json;
  timeout: Json;
}

/** What the approver sees and is bound to, frozen at the moment of asking. */
export function approvalRequest({
  config,
  node,
  evaluate,
}: StepContext<ApprovalConfig>): { ok: true; value: FilledApproval } | { ok: false; error: StepError } {
  const filled = fillFields(evaluate, {
    actionLabel: config.actionLabel,
    context: config.context,
    assignTo: config.assignTo,
    escalateTo: config.escalateTo,
    timeout: config.timeout,
  });
  if (!filled.ok) return filled;
  const { actionLabel, context, assignTo, escalateTo, timeout } = filled.value;
  const fields = shownFields(evaluate, config.context?.fields ?? [], asObject(context)["fields"]);
  if (!fields.ok) return fields;
  const bound: JsonObject[] = [];
  for (const path of config.bindFields ?? []) {
    const value = evaluate.expression(path);
    if (!value.ok) return value;
    bound.push({ path, value: value.value });
  }
  const label = asText(actionLabel) || node.name;
  const facts = fields.value.length > 0 ? [] : inputFacts(evaluate);
  const request: JsonObject = {
    actionLabel: label,
    headline: asText(asObject(context)["headline"]) || label,
    fields: fields.value,
    ...moneyOf(fields.value),
    ...(facts.length === 0 ? {} : { facts }),
    amounts: shownAmounts(fields.value, facts).map((shown) => ({ ...shown })),
    conversation: config.context?.conversation ?? false,
    bound,
    policy: {
      requesterCannotApprove: config.policy?.requesterCannotApprove ?? false,
      ...(config.policy?.neverTwice === true ? { neverTwice: true } : {}),
      commentRequiredOn: config.policy?.commentRequiredOn ?? [],
      editable: config.policy?.editable ?? [],
    },
    ...(config.outside === true ? { outside: true } : {}),
    ...(config.quorum === undefined || config.quorum.mode === "any" ? {} : { quorum: config.quorum }),
    onTimeout: config.onTimeout ?? null,
  };
  return { ok: true, value: { request, assignTo, escalateTo, timeout } };
}

type Field = NonNullable<NonNullable<ApprovalConfig["context"]>["fields"]>[number];

/** A line of the card: texts, as they are shown. */
type ShownField = { label: string; value: string };

/** The money that the card is about, so that it is sorted and added up by it; and in which line it stands. */
function moneyOf(fields: readonly ShownField[]): JsonObject {
  const line = moneyLine(fields);
  const money = readMoney(fields[line]?.value ?? "");
  return money === null ? {} : { money: { ...money, line } };
}

/** Lines of label and text. A field that is just a path, such as `input.email`, is labelled after its last part. */
function shownFields(
  evaluate: StepEvaluator,
  fields: readonly Field[],
  filled: Json | undefined,
): { ok: true; value: ShownField[] } | { ok: false; error: StepError } {
  const values = Array.isArray(filled) ? filled : [];
  const lines: ShownField[] = [];
  for (const [index, field] of fields.entries()) {
    const value = values[index] ?? null;
    if (typeof field !== "string") {
      lines.push({ label: asText(asObject(value)["label"]), value: asText(asObject(value)["value"]) });
      continue;
    }
    const looked = field.includes("${") ? { ok: true as const, value } : evaluate.template(`\${${field}}`);
    if (!looked.ok) return looked;
    lines.push({ label: pathLabel(field), value: asText(looked.value) });
  }
  return { ok: true, value: lines };
}

const mostFacts = 20;

/** What the run was given, for an approval that names nothing to be shown: nobody decides on an empty card. Lists and objects are left out. */
function inputFacts(evaluate: StepEvaluator): JsonObject[] {
  const input = evaluate.expression("input");
  const entries = input.ok ? Object.entries(asObject(input.value)) : [];
  return entries
    .filter(([, value]) => value !== null && value !== "" && typeof value !== "object")
    .slice(0, mostFacts)
    .map(([name, value]) => ({ path: `input.${name}`, value }));
}
