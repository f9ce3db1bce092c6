import type { FormLayout } from "./field-spec";
import { deadlineField, group, hasDeadline, onTimeoutField } from "./layout-parts";

export const approvalLayout: FormLayout = {
  groups: [
    group("Who decides", [
      {
        path: ["assignTo"],
        label: "Ask",
        help: "Whoever answers first decides.",
        optional: true,
        control: { kind: "assignees", whenEmpty: "Operators are asked." },
      },
    ]),
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
      onTimeoutField("When time is up"),
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
  notOffered: ["quorum", "calendar", "remindAt"],
};

export const collectFormLayout: FormLayout = {
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
    group("Deadline", [deadlineField("Answer within"), onTimeoutField("When nobody answered")]),
  ],
  notOffered: [],
};

export const handoffLayout: FormLayout = {
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
    group("Deadline", [deadlineField("Hand back within"), onTimeoutField("When nobody handed it back")]),
  ],
  notOffered: [],
};

export const notifyLayout: FormLayout = {
  groups: [
    group(null, [
      { path: ["channels"], label: "Channels", control: { kind: "channels" } },
      {
        path: ["to"],
        label: "To",
        help: "Each channel uses the address it knows of them.",
        control: { kind: "assignees", whenEmpty: "Say who is told.", anyone: true },
      },
      {
        path: ["subject"],
        label: "Subject",
        help: "For e-mail.",
        optional: true,
        control: { kind: "template" },
      },
      { path: ["message"], label: "Message", control: { kind: "template", lines: 5 } },
    ]),
  ],
  notOffered: [],
};
