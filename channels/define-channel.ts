import type { ChannelDefinition } from "@/core/channel-definition";

/** Checks a channel against its contract. */
export function defineChannel(definition: ChannelDefinition): ChannelDefinition {
  return definition;
}
