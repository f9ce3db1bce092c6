import type { FormLayout } from "@/core/workflow/form-layout";
import { calendarField, deadlineField, group, onTimeoutField } from "@/steps/form-parts";

export const collectFormForm: FormLayout = {
  groups: [
    group("The form", [
      { path: ["title"], label: "Title", optional: true, control: { kind: "template", placeholder: "Your details" } },
      { path: ["description"], label: "Introduction", optional: true, control: { kind: "template", lines: 2 } },
      { path: ["schema"], label: "Questions", control: { kind: "form_schema" } },
      {
        path: ["values"],
        label: "Filled in already",
        optional: true,
        control: { kind: "key_values", keyLabel: "Question", add: "Fill in a question" },
      },
    ]),
    group("Who answers", [
      {
        path: ["deliverTo"],
        label: "Shown",
        optional: true,
        control: {
          kind: "choice",
          unset: "In the conversation",
          options: [
            { value: "conversation", label: "In the conversation" },
            { value: "page", label: "On a page of its own" },
            { value: "both", label: "In the conversation and on a page" },
          ],
        },
      },
      {
        path: ["assignTo"],
        label: "Or asked of a member",
        optional: true,
        control: { kind: "assignees", whenEmpty: "The customer answers." },
      },
    ]),
    group("Deadline", [deadlineField("Answer within"), calendarField(), onTimeoutField("When nobody answered")]),
  ],
  notOffered: [],
};
