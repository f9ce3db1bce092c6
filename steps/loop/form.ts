import type { FormLayout } from "@/core/workflow/form-layout";
import { group } from "@/steps/form-parts";

export const loopForm: FormLayout = {
  groups: [
    {
      title: null,
      fields: [],
      choice: {
        label: "Repeat",
        ways: [
          {
            id: "items",
            label: "For each item of a list",
            marker: "items",
            start: "",
            fields: [
              {
                path: ["items"],
                label: "List",
                help: "An expression or a template that gives a list.",
                control: { kind: "items", placeholder: "input.products" },
              },
              {
                path: ["itemName"],
                label: "Name of the current item",
                help: "Steps inside the loop read it by this name; index counts from 0.",
                optional: true,
                control: { kind: "text", placeholder: "item", mono: true },
              },
              {
                path: ["concurrency"],
                label: "Items side by side",
                optional: true,
                control: { kind: "number", min: 1, max: 100, whole: true, placeholder: "1" },
              },
            ],
          },
          {
            id: "until",
            label: "Until something is true",
            marker: "until",
            start: "",
            fields: [
              {
                path: ["until"],
                label: "Stop when this is true",
                help: "Looked at after each turn; it sees what the steps inside gave.",
                control: {
                  kind: "expression",
                  placeholder: "step.review.output.decision == 'approved'",
                  insideBody: true,
                },
              },
              {
                path: ["max"],
                label: "At most",
                control: { kind: "number", min: 1, max: 10_000, whole: true, unit: "turns" },
              },
            ],
          },
        ],
      },
    },
    group(null, [
      {
        path: ["onItemError"],
        label: "When a turn fails",
        optional: true,
        control: {
          kind: "choice",
          unset: "The loop fails",
          options: [
            { value: "fail", label: "The loop fails" },
            { value: "continue", label: "Carry on with the others" },
          ],
        },
      },
    ]),
  ],
  notOffered: ["body"],
};
