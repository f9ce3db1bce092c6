import type { FormLayout } from "@/core/workflow/form-layout";
import { calendarField, deadlineField, group, hasDeadline, onTimeoutField } from "@/steps/form-parts";

export const approvalForm: FormLayout = {
  groups: [
    {
      title: "Who decides",
      fields: [
        {
          path: ["outside"],
          label: "Outside",
          help: "By e-mail: they show by a code that the address is theirs, and see only this request.",
          optional: true,
          control: { kind: "yes_no", sentence: "People without an account may be asked by their address" },
        },
      ],
      choice: {
        label: "Named by",
        ways: [
          {
            id: "people",
            label: "This step: people, teams or roles",
            marker: "assignTo",
            start: "",
            fields: [
              {
                path: ["assignTo"],
                label: "Ask",
                optional: true,
                control: { kind: "assignees", whenEmpty: "Operators are asked." },
              },
              { path: ["quorum"], label: "How many decide", optional: true, control: { kind: "quorum" } },
            ],
          },
          {
            id: "rules",
            label: "A table of approver rules",
            marker: "rules",
            start: { table: "", values: {} },
            fields: [
              {
                path: ["rules"],
                label: "Table",
                help: "Its live version decides at the moment of asking.",
                control: { kind: "rule_table" },
              },
            ],
          },
        ],
      },
    },
    group("What they see", [
      {
        path: ["context", "headline"],
        label: "Headline",
        help: "One sentence that says what is being decided.",
        optional: true,
        control: { kind: "template", lines: 2, placeholder: "Refund ${input.email}" },
      },
      {
        path: ["context", "fields"],
        label: "Facts",
        optional: true,
        control: { kind: "facts" },
      },
      {
        path: ["context", "conversation"],
        label: "Conversation",
        optional: true,
        control: { kind: "yes_no", sentence: "Show the conversation with the customer" },
      },
      {
        path: ["actionLabel"],
        label: "Name of the action",
        help: "Short; stands where there is no headline, and in the activity log.",
        optional: true,
        control: { kind: "template" },
      },
    ]),
    group("Deadline", [
      deadlineField("Decide within"),
      calendarField((node) => hasDeadline(node) || node["rules"] !== undefined),
      onTimeoutField("When time is up", ["approve", "reject", "escalate", "fail"]),
      {
        path: ["remindAt"],
        label: "Remind",
        help: "Whoever is asked at that time hears of it, in the bell and by e-mail.",
        optional: true,
        control: { kind: "reminders" },
        when: (node) => hasDeadline(node) || node["remindAt"] !== undefined,
      },
      {
        path: ["escalateTo"],
        label: "Then ask",
        control: { kind: "assignees", whenEmpty: "Say who is asked instead." },
        when: (node) => hasDeadline(node) && (node["onTimeout"] === "escalate" || node["escalateTo"] !== undefined),
      },
    ]),
    group("Rules", [
      { path: ["onReject"], label: "When rejected", optional: true, control: { kind: "on_reject" } },
      {
        path: ["policy", "requesterCannotApprove"],
        label: "Second person",
        optional: true,
        control: { kind: "yes_no", sentence: "Whoever asked may not decide" },
      },
      {
        path: ["policy", "neverTwice"],
        label: "Different people",
        optional: true,
        control: { kind: "yes_no", sentence: "Whoever decided another approval of the run may not decide this one" },
      },
      {
        path: ["policy", "commentRequiredOn"],
        label: "Comment",
        optional: true,
        control: { kind: "comment_required" },
      },
      {
        path: ["policy", "editable"],
        label: "May be changed by the decider",
        help: "Fields of the input. Later steps read what the decider entered.",
        optional: true,
        control: { kind: "editable_inputs" },
      },
      {
        path: ["bindFields"],
        label: "Held values",
        help: "Frozen when asked. Did one change, the approval is asked again before anything acts.",
        optional: true,
        control: { kind: "expressions", add: "Hold a value" },
      },
    ]),
  ],
  notOffered: [],
  preview: "approval",
};
