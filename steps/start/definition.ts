import { z } from "zod";
import { decisive } from "@/core/workflow/decisive";
import { defineStep } from "@/steps/define-step";

export const startDefinition = defineStep({
  type: "start",
  aliases: ["begin"],
  title: "Start",
  description: "The entry point. Says what the workflow is given, and when it starts.",
  icon: "play",
  group: "ends",
  color: "start",
  kind: "pure",
  available: true,
  entry: true,
  canFail: false,
  implicitCase: "out",
  // The importer moves this to the document: every start is checked against it, whatever the trigger.
  config: z.object({
    inputSchema: decisive(z.record(z.string(), z.json())).optional().describe("JSON Schema of the input"),
  }),
  handles: () => [{ id: "out", label: "Next", unlabelled: true }],
  summary: () => "Where every run begins",
  expressionSites: () => [],
});
