import { z } from "zod";
import type { JsonObject } from "@/core/json";
import { defineStep } from "@/steps/define-step";

/** Channels with the names people know them by. */
export const channelLabels = {
  whatsapp: "WhatsApp",
  telegram: "Telegram",
  sms: "SMS",
  email: "Email",
  slack: "Slack",
  in_app: "In-app",
  conversation: "Conversation",
} as const;
export type NotifyChannel = keyof typeof channelLabels;

export const notifyDefinition = defineStep({
  type: "notify",
  aliases: ["notification", "send_message"],
  title: "Notify",
  description: "Tells somebody, on one or several channels.",
  icon: "bell",
  group: "actions",
  color: "action",
  kind: "effect",
  available: true,
  implicitCase: "out",
  starter: { channels: ["in_app"] },
  config: z.object({
    channels: z.array(z.enum(["whatsapp", "telegram", "sms", "email", "slack", "in_app", "conversation"])).min(1),
    to: z
      .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
      .describe("A contact, an e-mail address, or user:, team:, role:"),
    subject: z.string().optional(),
    message: z.string().min(1),
  }),
  spellings: { channel: "channels", recipient: "to" },
  normalize: (raw) => ({ fields: listOfChannels(raw), targets: [] }),
  handles: () => [{ id: "out", label: "Sent", unlabelled: true }],
  summary: (config) => config.channels.map((channel) => channelLabels[channel]).join(" + "),
  expressionSites: (config) => [
    { path: "to", kind: "template", value: config.to },
    { path: "subject", kind: "template", value: config.subject },
    { path: "message", kind: "template", value: config.message },
  ],
});

/** Channel names in any letter case, and a single one without its list. */
function listOfChannels(fields: JsonObject): JsonObject {
  const { channels } = fields;
  const list = typeof channels === "string" ? [channels] : channels;
  if (!Array.isArray(list)) return fields;
  return {
    ...fields,
    channels: list.map((channel) => (typeof channel === "string" ? channel.toLowerCase() : channel)),
  };
}
