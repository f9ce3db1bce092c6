import { onAnswerable } from "@/server/db/live";
import { findRunOutcome, outcomeIn, type RunOutcome } from "@/server/modules/runs/service";

/** It has ended, or waits for a person, who may take days: no caller waits for one. */
const answerable: ReadonlySet<string> = new Set([
  "completed",
  "failed",
  "cancelled",
  "waiting_approval",
  "waiting_form",
  "waiting_human",
]);

/**
 * Listens for the moment in which a run can be answered for: it has ended, it waits for a person, or the time is over. Begin
 * before the run does, so that a fast one's end is not missed: `told` gives how it stands then, and `read` the same of a run that
 * may have begun before.
 */
export function awaitAnswer(
  runId: string,
  timeoutMs: number,
): { told(): Promise<RunOutcome | null>; read(): Promise<RunOutcome | null>; stop(): void } {
  const over = new AbortController();
  const heard = onAnswerable(runId, timeoutMs, over.signal);
  const told = async (): Promise<RunOutcome | null> => {
    return outcomeIn(await heard) ?? findRunOutcome(runId);
  };
  return {
    told,
    async read() {
      const known = await findRunOutcome(runId);
      return known && answerable.has(known.status) ? known : told();
    },
    stop() {
      over.abort();
    },
  };
}
