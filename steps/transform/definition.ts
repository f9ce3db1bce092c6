import { z } from "zod";
import type { JsonObject } from "@/core/json";
import { isJsonObject } from "@/core/json-guard";
import { siteKind } from "@/core/workflow/site-kind";
import { defineStep } from "@/steps/define-step";

export const transformDefinition = defineStep({
  type: "transform",
  aliases: ["map"],
  title: "Transform",
  description: "Shapes data: the output is what the template gives, its structure kept.",
  icon: "shuffle",
  group: "flow",
  color: "other",
  kind: "pure",
  available: true,
  implicitCase: "out",
  onlyOutput: true,
  starter: { expression: {} },
  config: z.object({ expression: z.json().describe("An object of templates, one template, or a bare expression") }),
  handles: () => [{ id: "out", label: "Done", unlabelled: true }],
  summary: ({ expression }) => {
    if (typeof expression === "string") return expression;
    return isJsonObject(expression) ? Object.keys(expression).join(", ") : JSON.stringify(expression);
  },
  outputSchema: ({ expression }): JsonObject =>
    isJsonObject(expression)
      ? {
          type: "object",
          properties: Object.fromEntries(Object.keys(expression).map((key) => [key, {}])),
          additionalProperties: false,
        }
      : {},
  leaves: { output: "expression" },
  expressionSites: (config) => [{ path: "expression", kind: siteKind(config.expression), value: config.expression }],
});
