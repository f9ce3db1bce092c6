import type { triggerDefinitions } from "./definitions";

const words: Readonly<Record<keyof typeof triggerDefinitions, string>> = {
  api: "API",
  manual: "Started by hand",
  webhook: "Webhook",
  schedule: "Schedule",
  event: "Event",
  form: "Form",
  conversation: "Conversation",
};

/**
 * What a run says of its start where the trigger has no label; undefined: no trigger of this name. Apart from the definitions, which
 * bring schemas and calendars along: pages that only show runs load words alone.
 */
export function runWords(type: string): string | undefined {
  return Object.entries(words).find(([name]) => name === type)?.[1];
}
