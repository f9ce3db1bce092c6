/**
 * Which of somebody's addresses a channel uses: the e-mail or the phone of a contact or member, the member's own account here, or
 * none at all, because the run has its `conversation`.
 */
export type ChannelAddress = "email" | "phone" | "member" | "conversation";

/** A way to tell somebody something, for browser and server alike. Data and pure functions only. */
export interface ChannelDefinition {
  id: string;
  /** The name people know it by: "WhatsApp". */
  label: string;
  /** lucide icon name in kebab-case. */
  icon: string;
  /** What its messages look like to their reader. */
  look: "bubble" | "letter" | "post";
  address: ChannelAddress;
  /** Whether a text that names nobody who is known is an address itself: "#finance". */
  isAddress?(text: string): boolean;
}

export type ChannelDefinitions = Readonly<Record<string, ChannelDefinition>>;

/** Whether what is sent on it stands in the customer's conversation, and needs no address. */
export const isInConversation = (channel: ChannelDefinition | undefined): boolean =>
  channel?.address === "conversation";
