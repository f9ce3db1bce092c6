import { z } from "zod";
import { defineStep } from "@/steps/define-step";

export const endDefinition = defineStep({
  type: "end",
  aliases: ["stop", "terminate"],
  title: "End",
  description: "Ends the run with a status and a message.",
  icon: "flag",
  group: "ends",
  color: "other",
  kind: "pure",
  available: true,
  canFail: false,
  endsRun: true,
  starter: { status: "completed" },
  config: z.object({
    status: z.enum(["completed", "failed"]).default("completed"),
    message: z.string().optional(),
    output: z.json().optional(),
  }),
  handles: () => [],
  summary: (config) => config.message ?? (config.status === "failed" ? "Failed" : "Completed"),
  leaves: { output: "output", summary: ["message"] },
  expressionSites: (config) => [
    { path: "message", kind: "template", value: config.message },
    { path: "output", kind: "template", value: config.output },
  ],
});
export type EndConfig = z.output<typeof endDefinition.config>;
