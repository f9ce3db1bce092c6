/** What started a run: the trigger's own label, otherwise the kind of trigger in plain words. */
export function triggerWords(run: { triggerType: string; triggerLabel: string | null }): string {
  return run.triggerLabel ?? words[run.triggerType] ?? run.triggerType.replaceAll("_", " ");
}

const words: Record<string, string> = {
  api: "API",
  manual: "Started by hand",
  webhook: "Webhook",
  schedule: "Schedule",
  event: "Event",
  form: "Form",
  conversation: "Conversation",
  test: "Test",
};
