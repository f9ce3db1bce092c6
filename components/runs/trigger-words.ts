import { findTrigger } from "@/triggers/definitions";

/** What started a run: the trigger's own label, otherwise the kind of trigger in plain words. */
export function triggerWords(run: { triggerType: string; triggerLabel: string | null }): string {
  return run.triggerLabel ?? kindWords(run.triggerType);
}

function kindWords(type: string): string {
  const definition = findTrigger(type);
  if (definition !== undefined) return definition.runWords ?? definition.title;
  return type === "test" ? "Test" : type.replaceAll("_", " ");
}
