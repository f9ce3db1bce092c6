import { defineChannel } from "@/channels/define-channel";

export const whatsappChannel = defineChannel({
  id: "whatsapp",
  label: "WhatsApp",
  icon: "message-circle",
  look: "bubble",
  address: "phone",
});
