import { defineChannel } from "@/channels/define-channel";

export const conversationChannel = defineChannel({
  id: "conversation",
  label: "Conversation",
  icon: "message-circle",
  look: "bubble",
  address: "conversation",
});
