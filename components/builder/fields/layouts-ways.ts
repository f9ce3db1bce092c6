import type { FormLayout } from "./field-spec";
import { group } from "./layout-parts";

export const loopLayout: FormLayout = {
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

export const waitLayout: FormLayout = {
  groups: [
    {
      title: null,
      fields: [],
      choice: {
        label: "Wait",
        ways: [
          {
            id: "duration",
            label: "For some time",
            marker: "duration",
            start: "PT5M",
            fields: [{ path: ["duration"], label: "How long", control: { kind: "duration" } }],
          },
          {
            id: "until",
            label: "Until a point in time",
            marker: "until",
            start: "",
            fields: [
              {
                path: ["until"],
                label: "Point in time",
                help: "ISO-8601, e.g. 2027-01-31T09:00:00Z; usually from the data.",
                control: { kind: "template", placeholder: "${trigger.scheduledAt}" },
              },
            ],
          },
          {
            id: "callback",
            label: "For a call from outside",
            marker: "callback",
            start: true,
            fields: [
              {
                path: ["timeout"],
                label: "At most",
                help: "Empty: without limit. The run shows the one-time address to call.",
                optional: true,
                control: { kind: "duration" },
              },
              {
                path: ["onTimeout"],
                label: "When nobody called in time",
                optional: true,
                control: { kind: "on_timeout", handle: "timed_out" },
                when: (node) => node["timeout"] !== undefined,
              },
            ],
          },
        ],
      },
    },
  ],
  notOffered: ["event", "match", "callback"],
};
