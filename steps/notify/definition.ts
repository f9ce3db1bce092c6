import { z } from "zod";
import type { ChannelDefinitions } from "@/core/channel-definition";
import type { JsonObject } from "@/core/json";
import type { StepDefinition } from "@/core/workflow/step-definition";
import { defineStep } from "@/steps/define-step";

export interface NotifyConfig {
  channels: string[];
  to: string | string[];
  subject?: string | undefined;
  message: string;
}

/** `channels` is their registry: the step itself knows none of them. */
export function createNotifyDefinition(channels: ChannelDefinitions): StepDefinition<NotifyConfig> {
  return defineStep({
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
      channels: z.array(z.enum(Object.keys(channels))).min(1),
      to: z
        .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
        .describe("A contact, an e-mail address, or user:, team:, role:"),
      subject: z.string().optional(),
      message: z.string().min(1),
    }),
    spellings: { channel: "channels", recipient: "to" },
    normalize: (raw) => ({ fields: listOfChannels(raw), targets: [] }),
    handles: () => [{ id: "out", label: "Sent", unlabelled: true }],
    summary: (config) => channelNames(config.channels, channels),
    expressionSites: (config) => [
      { path: "to", kind: "template", value: config.to },
      { path: "subject", kind: "template", value: config.subject },
      { path: "message", kind: "template", value: config.message },
    ],
  });
}

/** "WhatsApp + Email" */
export function channelNames(ids: readonly string[], channels: ChannelDefinitions): string {
  return ids.map((id) => channels[id]?.label ?? id).join(" + ");
}

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
