import { Hash, Mail, MessageCircle, MessageSquareText, Send, type LucideIcon } from "lucide-react";

export interface ChannelFace {
  name: string;
  icon: LucideIcon;
  look: "bubble" | "letter" | "post";
}

/** How a channel is called and what its messages look like to the reader. */
export function channelFace(channel: string): ChannelFace {
  return faces[channel.toLowerCase()] ?? { name: channel, icon: MessageCircle, look: "bubble" };
}

const faces: Record<string, ChannelFace | undefined> = {
  whatsapp: { name: "WhatsApp", icon: MessageCircle, look: "bubble" },
  telegram: { name: "Telegram", icon: Send, look: "bubble" },
  sms: { name: "SMS", icon: MessageSquareText, look: "bubble" },
  email: { name: "E-mail", icon: Mail, look: "letter" },
  slack: { name: "Slack", icon: Hash, look: "post" },
  conversation: { name: "Conversation", icon: MessageCircle, look: "bubble" },
};
