import type { FormLayout } from "@/core/workflow/form-layout";
import { group } from "@/steps/form-parts";

export const outputForm: FormLayout = {
  groups: [
    group(null, [
      {
        path: ["output"],
        label: "What is given back",
        help: "Each field is a template; lists and objects keep their shape.",
        control: { kind: "value", add: "Add a field" },
      },
    ]),
  ],
  notOffered: [],
};
