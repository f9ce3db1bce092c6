import { isJsonObject } from "@/core/json-guard";
import { z } from "zod";
import { defineStep } from "@/steps/define-step";

export const outputDefinition = defineStep({
  type: "output",
  aliases: ["return"],
  title: "Output",
  description: "Says what the run gives back; in a loop, what an iteration gives.",
  icon: "package-check",
  group: "ends",
  color: "output",
  kind: "pure",
  available: true,
  canFail: false,
  implicitCase: "out",
  givesResult: true,
  starter: { output: {} },
  config: z.object({ output: z.json().describe("A template; its structure is kept") }),
  spellings: { mapping: "output" },
  handles: () => [{ id: "out", label: "Next", unlabelled: true }],
  summary: ({ output }) => (isJsonObject(output) ? Object.keys(output).join(", ") : "Output of the run"),
  leaves: { output: "output" },
  expressionSites: (config) => [{ path: "output", kind: "template", value: config.output }],
});
