import type { FormLayout } from "@/core/workflow/form-layout";
import { calendarField, group } from "@/steps/form-parts";

export const waitForm: FormLayout = {
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
                control: { kind: "on_timeout", handle: "timed_out", choices: ["fail"] },
                when: (node) => node["timeout"] !== undefined,
              },
            ],
          },
        ],
      },
    },
    group(null, [calendarField((node) => node["duration"] !== undefined || node["timeout"] !== undefined)]),
  ],
  notOffered: ["event", "match", "callback"],
};
