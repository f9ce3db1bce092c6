import type { FormLayout } from "@/core/workflow/form-layout";
import { group } from "@/steps/form-parts";

export const conditionForm: FormLayout = {
  groups: [
    group(null, [
      {
        path: ["expression"],
        label: "Is this true?",
        help: "The run takes Yes when it is true and No when it is false.",
        control: { kind: "expression", placeholder: "input.amount > 100" },
      },
    ]),
  ],
  notOffered: [],
};
