import type { FormLayout } from "@/core/workflow/form-layout";
import { group } from "@/steps/form-parts";

export const subworkflowForm: FormLayout = {
  groups: [
    group(null, [
      { path: ["workflow"], label: "Workflow", control: { kind: "workflow" } },
      {
        path: ["version"],
        label: "Version",
        optional: true,
        control: {
          kind: "choice",
          unset: "Whatever is live then",
          options: [
            { value: "live", label: "Whatever is live then" },
            { value: "pinned", label: "The one that is live when this is published" },
          ],
        },
      },
      {
        path: ["input"],
        label: "Input",
        optional: true,
        control: { kind: "key_values", keyLabel: "Input field", add: "Add a field" },
      },
    ]),
  ],
  notOffered: [],
};
