import { z } from "zod";
import { caseTableField, takeCases } from "@/core/workflow/take-cases";
import { expressionField, expressionText } from "@/core/workflow/expression-field";
import { defineStep } from "@/steps/define-step";

export const conditionDefinition = defineStep({
  type: "condition",
  aliases: ["if"],
  title: "Condition",
  description: "Checks an expression and goes one way when it is true, another when it is false.",
  icon: "split",
  group: "flow",
  color: "condition",
  kind: "pure",
  available: true,
  implicitCase: "true",
  config: z.object({ expression: expressionField }),
  spellings: { condition: "expression" },
  normalize: (raw) => {
    const { fields, targets } = takeCases(raw);
    // The two cases are given; a list of their names says nothing more.
    const { cases, ...rest } = fields;
    const plain = Array.isArray(cases) && cases.every((label) => label === "true" || label === "false");
    return { fields: plain ? rest : fields, targets };
  },
  writtenFields: { cases: caseTableField },
  handles: () => [
    { id: "true", label: "Yes", unlabelled: true, expected: true },
    { id: "false", label: "No", expected: true },
  ],
  summary: (config) => expressionText(config.expression),
  expressionSites: (config) => [{ path: "expression", kind: "expression", value: config.expression }],
});
