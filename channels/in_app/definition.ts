import { defineChannel } from "@/channels/define-channel";

export const inAppChannel = defineChannel({
  id: "in_app",
  label: "In-app",
  icon: "message-circle",
  look: "bubble",
  address: "member",
});
