import { defineChannel } from "@/channels/define-channel";

export const smsChannel = defineChannel({
  id: "sms",
  label: "SMS",
  icon: "message-square-text",
  look: "bubble",
  address: "phone",
});
