import type { FormLayout } from "@/core/workflow/form-layout";
import { group } from "@/steps/form-parts";

export const toolCallForm: FormLayout = {
  groups: [
    group(null, [
      { path: ["tool"], label: "Action", control: { kind: "action" } },
      {
        path: ["input"],
        label: "Input",
        optional: true,
        control: { kind: "action_input" },
        when: (node) => typeof node["tool"] === "string" && node["tool"] !== "",
      },
      {
        path: ["connection"],
        label: "Connection",
        help: "Only when it is not the usual one.",
        optional: true,
        control: { kind: "connection" },
      },
    ]),
  ],
  notOffered: [],
};
