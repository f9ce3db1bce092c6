import type { FieldSpec } from "@/core/workflow/form-layout";

export const noteField: FieldSpec = {
  path: ["note"],
  label: "Note",
  help: "For people who work on this workflow.",
  optional: true,
  control: { kind: "long_text" },
};

/** What every step may have and few need. */
export const advancedFields: readonly FieldSpec[] = [
  {
    path: ["result"],
    label: "Result line",
    help: "What people read on the run card once the step is done.",
    optional: true,
    control: { kind: "template", placeholder: "${output.display}", extraNames: ["output"] },
  },
  {
    path: ["sensitive"],
    label: "Sensitive values",
    help: "Paths in input or output that are never shown or logged.",
    optional: true,
    control: { kind: "texts", placeholder: "output.iban", add: "Hide a value" },
  },
  {
    path: ["join"],
    label: "With several ways in",
    optional: true,
    control: {
      kind: "choice",
      unset: "Wait for all that come",
      options: [
        { value: "all", label: "Wait for all that come" },
        { value: "any", label: "Go on with the first" },
      ],
    },
  },
  {
    path: ["disabled"],
    label: "Off",
    optional: true,
    control: { kind: "yes_no", sentence: "Skip this step" },
  },
];
