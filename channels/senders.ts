import type { ChannelSend, ChannelSenders } from "@/core/channel-send";
import type { channelDefinitions } from "./definitions";
import { sendEmail } from "./email/send";
import { sendInApp } from "./in_app/send";
import { sendSlack } from "./slack/send";

/** The server half of every channel that has one: the others have no provider yet. A new one is a folder and a line here. */
export const channelSenders = {
  email: sendEmail,
  slack: sendSlack,
  in_app: sendInApp,
} as const satisfies Readonly<Partial<Record<keyof typeof channelDefinitions, ChannelSend>>>;

/** What sends on a channel; null for one without a provider. */
export function findSender(id: string, senders: ChannelSenders = channelSenders): ChannelSend | null {
  // Own properties only: an id is text from outside.
  return Object.hasOwn(senders, id) ? (senders[id] ?? null) : null;
}
