import type { RunStep } from "@/core/contracts/run";
import { durationWords } from "@/components/ui/time-words";

/** From so many on, steps that say the same are folded. */
const folded = 20;
/** Of a stretch that is folded, these stay at its beginning and at its end. */
const [atFirst, atLast] = [3, 2];
/** So many more are shown by one press. */
export const unfoldedAtOnce = 50;

export interface Fold {
  /** The key of the first step of its stretch. */
  key: string;
  /** Those that are not shown. */
  steps: RunStep[];
}

/** A run's steps with what is folded of them. `shown`: how many were unfolded, by the key of the stretch; `open`: steps that somebody reads. */
export function foldSteps(
  steps: readonly RunStep[],
  shown: ReadonlyMap<string, number>,
  open: ReadonlySet<string>,
): (RunStep | Fold)[] {
  return stretches(steps, open).flatMap((stretch): (RunStep | Fold)[] => {
    const [first] = stretch;
    if (first === undefined || stretch.length < folded) return stretch;
    const from = atFirst + (shown.get(first.key) ?? 0);
    const hidden = stretch.slice(from, -atLast);
    return hidden.length < folded / 2
      ? stretch
      : [...stretch.slice(0, from), { key: first.key, steps: hidden }, ...stretch.slice(-atLast)];
  });
}

export function isFold(entry: RunStep | Fold): entry is Fold {
  return "steps" in entry;
}

/** "495 steps done in 0.4s", "120 steps to come", "40 steps skipped" */
export function foldWords({ steps }: Fold): string {
  const many = `${steps.length.toLocaleString("en")} steps`;
  const [first] = steps;
  if (first?.status !== "completed") return `${many} ${first?.status === "skipped" ? "skipped" : "to come"}`;
  const [began, ended] = [Date.parse(first.startedAt ?? ""), Date.parse(steps.at(-1)?.endedAt ?? "")];
  return Number.isNaN(ended - began) ? `${many} done` : `${many} done in ${durationWords(ended - began)}`;
}

/** Neighbours that say the same and that nobody reads are together; every other step is alone. */
function stretches(steps: readonly RunStep[], open: ReadonlySet<string>): RunStep[][] {
  const found: RunStep[][] = [];
  for (const step of steps) {
    const last = found.at(-1);
    const before = last?.at(-1);
    const same = before !== undefined && before.status === step.status && isQuiet(step) && !open.has(before.key);
    if (last !== undefined && same && !open.has(step.key)) last.push(step);
    else found.push([step]);
  }
  return found;
}

function isQuiet({ status, error }: RunStep): boolean {
  return error === null && (status === "completed" || status === "skipped" || status === "pending");
}
