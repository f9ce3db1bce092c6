import type { FormLayout } from "@/core/workflow/form-layout";
import { group } from "@/steps/form-parts";

export const startForm: FormLayout = {
  groups: [
    group("What the workflow is given", [
      {
        path: ["inputSchema"],
        label: "Questions",
        help: "They draw the form of a manual run, and every start is checked against them.",
        optional: true,
        control: { kind: "input_schema" },
      },
    ]),
  ],
  notOffered: [],
};
