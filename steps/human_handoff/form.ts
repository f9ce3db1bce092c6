import type { FormLayout } from "@/core/workflow/form-layout";
import { calendarField, deadlineField, group, onTimeoutField } from "@/steps/form-parts";

export const humanHandoffForm: FormLayout = {
  groups: [
    group("Who takes over", [
      {
        path: ["assignTo"],
        label: "Hand over to",
        optional: true,
        control: { kind: "assignees", whenEmpty: "Operators are asked." },
      },
      {
        path: ["summary"],
        label: "What they should know",
        optional: true,
        control: { kind: "template", lines: 3 },
      },
      {
        path: ["message"],
        label: "What the customer is told",
        optional: true,
        control: { kind: "template", lines: 2, placeholder: "A colleague will be with you shortly." },
      },
    ]),
    group("Deadline", [
      deadlineField("Hand back within"),
      calendarField(),
      onTimeoutField("When nobody handed it back"),
    ]),
  ],
  notOffered: [],
};
