import { eventNames } from "@/inngest/events";
import type { TurnMemo } from "./commit-turn";
import type { Turn } from "./turn";

/**
 * Gives all but the first of the steps that can go on to drivers of their own, in the commit that made them runnable: a driver takes one
 * step after the other, and none waits for another's slow one. `seq`: how far the journal is with that commit. Gives their keys.
 */
export function sendBranches(turn: Turn, seq: number): string[] {
  if (turn.finish || turn.askedAgain) return [];
  const { run } = turn.session;
  const others = turn.next.splice(1);
  for (const { key, nodeId, iteration, attempt } of others)
    sendDriver(
      turn,
      { next: [{ key, nodeId, iteration, attempt }], end: null, dueAt: null, seq },
      `${run.id}:${String(run.generation)}:${String(seq)}:${key}`,
    );
  return others.map(({ key }) => key);
}

/** Another driver of this generation goes on with what the memo says. The same `dedupe` is one driver. */
export function sendDriver(turn: Turn, told: TurnMemo, dedupe: string): void {
  const { run } = turn.session;
  turn.parts.events.push({
    id: crypto.randomUUID(),
    name: eventNames.runRequested,
    data: { runId: run.id, generation: run.generation, told: { ...told } },
    dedupe,
  });
}
