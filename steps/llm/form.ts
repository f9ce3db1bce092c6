import type { FormLayout } from "@/core/workflow/form-layout";
import { group } from "@/steps/form-parts";

export const llmForm: FormLayout = {
  groups: [
    group(null, [
      { path: ["prompt"], label: "Prompt", control: { kind: "template", lines: 8 } },
      {
        path: ["system"],
        label: "Instructions",
        help: "What holds for every prompt: role, tone, limits.",
        optional: true,
        control: { kind: "template", lines: 3 },
      },
      { path: ["model"], label: "Model", optional: true, control: { kind: "text", mono: true } },
      { path: ["connection"], label: "Connection", optional: true, control: { kind: "connection" } },
      {
        path: ["outputSchema"],
        label: "Shape of the answer",
        help: "JSON Schema. Without it the answer is text.",
        optional: true,
        control: { kind: "json" },
      },
      {
        path: ["maxCostUsd"],
        label: "Cost at most",
        optional: true,
        control: { kind: "number", unit: "US dollars", min: 0 },
      },
    ]),
  ],
  notOffered: [],
};
