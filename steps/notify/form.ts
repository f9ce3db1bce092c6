import type { FormLayout } from "@/core/workflow/form-layout";
import { group } from "@/steps/form-parts";

export const notifyForm: FormLayout = {
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
