import { z } from "zod";
import { emittedNameFault } from "@/core/contracts/emitted-name";
import { defineStep } from "@/steps/define-step";

export const webhookEmitDefinition = defineStep({
  type: "webhook_emit",
  aliases: ["emit"],
  title: "Emit event",
  description: "Sends an event to everyone who subscribed to it.",
  icon: "webhook",
  group: "actions",
  color: "action",
  kind: "effect",
  available: true,
  implicitCase: "out",
  config: z.object({
    event: z.string().min(1).max(200).describe("Name of the event, e.g. kyc.completed"),
    payload: z.json().optional(),
  }),
  spellings: { data: "payload" },
  handles: () => [{ id: "out", label: "Done", unlabelled: true }],
  summary: (config) => config.event,
  leaves: { output: ["event", "payload"], summary: ["event"] },
  lint: ({ event }) => {
    const name = event.trim();
    const fault = name === "" || name.includes("${") ? null : emittedNameFault(name);
    return fault === null ? [] : [{ code: "invalid_config", severity: "error", path: "event", message: fault }];
  },
  expressionSites: (config) => [
    { path: "event", kind: "template", value: config.event },
    { path: "payload", kind: "template", value: config.payload },
  ],
});
export type WebhookEmitConfig = z.output<typeof webhookEmitDefinition.config>;
