import { channelDefinitions, findChannel } from "@/channels/definitions";
import type { ChannelDefinition, ChannelDefinitions } from "@/core/channel-definition";

export type ChannelFace = Pick<ChannelDefinition, "label" | "icon" | "look">;

/** How a channel is called and what its messages look like to the reader; one that is no more keeps the name it was stored with. */
export function channelFace(channel: string, channels: ChannelDefinitions = channelDefinitions): ChannelFace {
  return findChannel(channel.toLowerCase(), channels) ?? { label: channel, icon: "message-circle", look: "bubble" };
}
