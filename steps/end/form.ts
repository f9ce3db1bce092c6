import type { FormLayout } from "@/core/workflow/form-layout";
import { group } from "@/steps/form-parts";

export const endForm: FormLayout = {
  groups: [
    group(null, [
      {
        path: ["status"],
        label: "The run ends as",
        optional: true,
        control: {
          kind: "choice",
          unset: "Completed",
          options: [
            { value: "completed", label: "Completed" },
            { value: "failed", label: "Failed" },
          ],
        },
      },
      { path: ["message"], label: "Message", optional: true, control: { kind: "template", lines: 2 } },
      {
        path: ["output"],
        label: "Output",
        optional: true,
        control: { kind: "value", add: "Add a field" },
      },
    ]),
  ],
  notOffered: [],
};
