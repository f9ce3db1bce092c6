import type { FormLayout } from "@/core/workflow/form-layout";
import { group } from "@/steps/form-parts";

export const decisionForm: FormLayout = {
  groups: [
    group(null, [
      {
        path: ["expression"],
        label: "Decide by",
        help: "What it gives is compared with the answers below.",
        control: { kind: "expression", placeholder: "step.check.output.verdict" },
      },
      {
        path: ["cases"],
        label: "Answers",
        help: "Each answer has a way out of its own. Renaming one keeps its connections.",
        control: { kind: "cases" },
      },
      {
        path: ["defaultCase"],
        label: "Every other answer",
        control: { kind: "default_case" },
      },
    ]),
  ],
  notOffered: [],
};
