import { z } from "zod";
import { defineStep } from "@/steps/define-step";

export const toolCallDefinition = defineStep({
  type: "tool_call",
  aliases: ["action"],
  title: "Action",
  description: "Runs an action of a connector: create a record, charge a card, call an API.",
  icon: "zap",
  group: "actions",
  color: "action",
  kind: "effect",
  available: true,
  implicitCase: "out",
  config: z.object({
    tool: z.string().min(1).describe("The action, e.g. stripe.subscription.update"),
    input: z
      .union([z.record(z.string(), z.json()), z.string()])
      .optional()
      .describe("What the action is given; templates allowed"),
    connection: z.string().min(1).optional().describe("Connection to use instead of the connector's usual one"),
  }),
  spellings: { action: "tool", params: "input" },
  handles: () => [{ id: "out", label: "Done", unlabelled: true }],
  summary: (config) => config.tool,
  expressionSites: (config) => [
    { path: "input", kind: "template", value: config.input },
    { path: "connection", kind: "template", value: config.connection },
  ],
  connection: (config) => config.connection ?? null,
  action: (config) => ({ id: config.tool, input: config.input ?? {} }),
});
export type ToolCallConfig = z.output<typeof toolCallDefinition.config>;
