import { runWords } from "@/triggers/run-words";

/** What started a run: the trigger's own label, otherwise the kind of trigger in plain words. */
export function triggerWords(run: { triggerType: string; triggerLabel: string | null }): string {
  return run.triggerLabel ?? kindWords(run.triggerType);
}

function kindWords(type: string): string {
  return type === "test" ? "Test" : (runWords(type) ?? type.replaceAll("_", " "));
}
