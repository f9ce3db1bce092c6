import { defineChannel } from "@/channels/define-channel";

export const slackChannel = defineChannel({
  id: "slack",
  label: "Slack",
  icon: "hash",
  look: "post",
  address: "email",
  // A Slack channel by its name.
  isAddress: (text) => text.startsWith("#"),
});
