import { defineChannel } from "@/channels/define-channel";

export const emailChannel = defineChannel({
  id: "email",
  label: "Email",
  icon: "mail",
  look: "letter",
  address: "email",
});
