import { z } from "zod";
import { versionNumber } from "@/core/contracts/version-number";
import { defineStep } from "@/steps/define-step";

export const subworkflowDefinition = defineStep({
  type: "subworkflow",
  aliases: ["sub_workflow"],
  title: "Run a workflow",
  description: "Runs another workflow and waits for its output.",
  icon: "workflow",
  group: "actions",
  color: "other",
  kind: "effect",
  available: false,
  implicitCase: "out",
  config: z.object({
    workflow: z.string().min(1).describe("Slug of the workflow"),
    version: z.union([z.enum(["pinned", "live"]), versionNumber]).default("live"),
    input: z.record(z.string(), z.json()).optional(),
  }),
  handles: () => [{ id: "out", label: "Done", unlabelled: true }],
  summary: (config) => config.workflow,
  expressionSites: (config) => [{ path: "input", kind: "template", value: config.input }],
});
export type SubworkflowConfig = z.output<typeof subworkflowDefinition.config>;
