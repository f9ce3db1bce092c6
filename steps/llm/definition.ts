import { z } from "zod";
import { defineStep } from "@/steps/define-step";

export const llmDefinition = defineStep({
  type: "llm",
  aliases: ["ai", "prompt"],
  title: "LLM",
  description: "Sends a prompt to an AI model and passes the answer on.",
  icon: "sparkles",
  group: "actions",
  color: "llm",
  kind: "effect",
  available: false,
  implicitCase: "out",
  onlyOutput: true,
  config: z.object({
    prompt: z.string().min(1),
    system: z.string().optional(),
    model: z.string().min(1).optional(),
    connection: z.string().min(1).optional(),
    outputSchema: z
      .record(z.string(), z.json())
      .optional()
      .describe("JSON Schema of the answer; without it the answer is text"),
    maxCostUsd: z.number().positive().optional(),
  }),
  handles: () => [{ id: "out", label: "Done", unlabelled: true }],
  jsonSchemas: ["outputSchema"],
  summary: (config) => config.prompt,
  expressionSites: (config) => [
    { path: "prompt", kind: "template", value: config.prompt },
    { path: "system", kind: "template", value: config.system },
  ],
  connection: (config) => config.connection ?? null,
});
