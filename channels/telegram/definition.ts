import { defineChannel } from "@/channels/define-channel";

export const telegramChannel = defineChannel({
  id: "telegram",
  label: "Telegram",
  icon: "send",
  look: "bubble",
  address: "phone",
});
