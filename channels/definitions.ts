import type { ChannelDefinition, ChannelDefinitions } from "@/core/channel-definition";
import { conversationChannel } from "./conversation/definition";
import { emailChannel } from "./email/definition";
import { inAppChannel } from "./in_app/definition";
import { slackChannel } from "./slack/definition";
import { smsChannel } from "./sms/definition";
import { telegramChannel } from "./telegram/definition";
import { whatsappChannel } from "./whatsapp/definition";

/** Every channel there is, in the order in which they are offered. A new one is a folder and a line here. */
export const channelDefinitions = {
  whatsapp: whatsappChannel,
  telegram: telegramChannel,
  sms: smsChannel,
  email: emailChannel,
  slack: slackChannel,
  in_app: inAppChannel,
  conversation: conversationChannel,
} as const satisfies ChannelDefinitions;

/** The channel of an id; null for one that no folder has. */
export function findChannel(id: string, channels: ChannelDefinitions = channelDefinitions): ChannelDefinition | null {
  // Own properties only: an id is text from outside.
  return Object.hasOwn(channels, id) ? (channels[id] ?? null) : null;
}
