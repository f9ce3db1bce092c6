import type { FormLayout } from "./field-spec";
import { group } from "./layout-parts";

export const startLayout: FormLayout = {
  groups: [
    group("What the workflow is given", [
      {
        path: ["inputSchema"],
        label: "Questions",
        help: "They draw the form of a manual run, and every start is checked against them.",
        optional: true,
        control: { kind: "input_schema" },
      },
    ]),
  ],
  notOffered: [],
};

export const conditionLayout: FormLayout = {
  groups: [
    group(null, [
      {
        path: ["expression"],
        label: "Is this true?",
        help: "The run takes Yes when it is true and No when it is false.",
        control: { kind: "expression", placeholder: "input.amount > 100" },
      },
    ]),
  ],
  notOffered: [],
};

export const decisionLayout: FormLayout = {
  groups: [
    group(null, [
      {
        path: ["expression"],
        label: "Decide by",
        help: "What it gives is compared with the answers below.",
        control: { kind: "expression", placeholder: "step.check.output.verdict" },
      },
      {
        path: ["cases"],
        label: "Answers",
        help: "Each answer has a way out of its own. Renaming one keeps its connections.",
        control: { kind: "cases" },
      },
      {
        path: ["defaultCase"],
        label: "Every other answer",
        control: { kind: "default_case" },
      },
    ]),
  ],
  notOffered: [],
};

export const subworkflowLayout: FormLayout = {
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

export const parallelLayout: FormLayout = { groups: [], notOffered: [] };

export const outputLayout: FormLayout = {
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

export const transformLayout: FormLayout = {
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

export const endLayout: FormLayout = {
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
