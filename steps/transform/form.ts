import type { FormLayout } from "@/core/workflow/form-layout";
import { group } from "@/steps/form-parts";

export const transformForm: FormLayout = {
  groups: [
    group(null, [
      {
        path: ["expression"],
        label: "What comes out",
        help: "Fields of templates, or one expression. Later steps read it as the output of this step.",
        control: { kind: "value", bare: true, add: "Add a field" },
      },
    ]),
  ],
  notOffered: [],
};
