import { quoted, type Consequence } from "@/core/workflow/consequence";
import type { WebhookEmitConfig } from "./definition";

export const webhookEmitConsequence: Consequence<WebhookEmitConfig> = ({ config, known }) => {
  const event = quoted(known(config.event));
  return event === null ? "tells other systems" : `tells other systems of ${event}`;
};
