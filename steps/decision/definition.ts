import { z } from "zod";
import type { Json, JsonObject } from "@/core/json";
import { expressionField, expressionText } from "@/core/workflow/expression-field";
import { caseTableField, takeCases } from "@/core/workflow/take-cases";
import type { NormalizeContext } from "@/core/workflow/step-definition";
import { targetOf } from "@/core/workflow/waiting-fields";
import { defineStep } from "@/steps/define-step";

export const decisionDefinition = defineStep({
  type: "decision",
  aliases: ["switch"],
  title: "Decision",
  description: "Goes one of several ways, depending on a value; every other value takes the default.",
  icon: "route",
  group: "flow",
  color: "condition",
  kind: "pure",
  available: true,
  starter: { cases: [] },
  config: z.object({
    expression: expressionField,
    cases: z.array(z.string().min(1)).default([]).describe("The answers that have a way out of their own"),
    defaultCase: z
      .string()
      .min(1)
      .optional()
      .describe("The case that all other answers take; without it, connect `default`"),
  }),
  normalize(raw, context) {
    const { fields: taken, targets } = takeCases(raw);
    const drawn = context.edgeCases.filter((label) => label !== "default" && label !== "error");
    // Cases may be given by edges alone.
    const fields: JsonObject =
      Object.hasOwn(taken, "cases") || drawn.length === 0 ? taken : { ...taken, cases: [...new Set(drawn)] };
    const labels = Array.isArray(fields["cases"]) ? fields["cases"] : [];
    const otherwise = defaultTarget(
      fields,
      labels.filter((label) => typeof label === "string"),
      context,
    );
    if (otherwise === null) return { fields: withDefaultAsCase(fields, labels), targets };
    const { defaultCase: _taken, ...rest } = fields;
    return { fields: rest, targets: [...targets, { case: "default", to: otherwise }] };
  },
  writtenFields: { cases: caseTableField },
  handles: (config) => [
    ...config.cases.filter((label) => label !== "default").map((label) => ({ id: label, label, expected: true })),
    { id: "default", label: "Anything else", required: config.defaultCase === undefined },
  ],
  summary: (config) => expressionText(config.expression),
  leaves: { output: "expression", summary: ["expression"] },
  expressionSites: (config) => [{ path: "expression", kind: "expression", value: config.expression }],
  lint: (config) =>
    config.defaultCase === undefined || config.defaultCase === "default" || config.cases.includes(config.defaultCase)
      ? []
      : [
          {
            code: "missing_default_case",
            severity: "error",
            path: "defaultCase",
            message: `"${config.defaultCase}" is neither a step nor one of the cases. Choose where other answers go.`,
          },
        ],
});

/** A default that only a connection knows as a case is one: it stays so when that connection is taken away. */
function withDefaultAsCase(fields: JsonObject, labels: readonly Json[]): JsonObject {
  const label = Object.hasOwn(fields, "defaultCase") ? fields["defaultCase"] : undefined;
  if (typeof label !== "string" || label === "" || label === "default" || labels.includes(label)) return fields;
  const { cases } = fields;
  return cases === undefined || Array.isArray(cases) ? { ...fields, cases: [...labels, label] } : fields;
}

/** `defaultCase` is a node id (then it is an edge) or the label of a case (then it stays). */
function defaultTarget(fields: JsonObject, labels: readonly string[], context: NormalizeContext): string | null {
  const value = Object.hasOwn(fields, "defaultCase") ? fields["defaultCase"] : undefined;
  const named = targetOf(value);
  if (named !== null) return named;
  if (typeof value !== "string") return null;
  if (context.isNode(value)) return value;
  return labels.includes(value) || context.edgeCases.includes(value) ? null : value;
}
