import type { FormLayout } from "@/core/workflow/form-layout";
import { group } from "@/steps/form-parts";

export const webhookEmitForm: FormLayout = {
  groups: [
    group(null, [
      {
        path: ["event"],
        label: "Event",
        help: "Everybody who subscribed to this name is told.",
        control: { kind: "template", placeholder: "kyc.completed" },
      },
      { path: ["payload"], label: "Payload", optional: true, control: { kind: "value", add: "Add a field" } },
    ]),
  ],
  notOffered: [],
};
