import { nearest } from "@/core/nearest";
import { undecidableEvents } from "./undecidable";

/** What the product itself tells subscribers of runs and of what they wait for. Every other name is one that a workflow emits. */
export const lifecycleEvents = ["run.completed", "run.failed", "run.cancelled", ...undecidableEvents] as const;

/** Words that only the product's own events begin with, also when a letter or the dot went missing. */
const ownPrefixes = /^(?:runs?|rn|ru|urn|approvals?|workflows?)[._-]|^runs?(?:complete|fail|cancel)/i;

/** Why nothing of this name will ever be sent, or null: it stands where only the product's own events do, and is none of them. */
export function eventNameProblem(name: string): string | null {
  const known: readonly string[] = lifecycleEvents;
  if (known.includes(name) || !ownPrefixes.test(name)) return null;
  const near = nearest(name, known);
  return near === null
    ? `There is no event "${name}". The product's own are ${known.join(", ")}.`
    : `There is no event "${name}". Did you mean "${near}"?`;
}
