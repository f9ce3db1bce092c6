import { onDone, subscribeLive } from "@/server/db/live";
import type { OrganizationId } from "@/server/db/tenant";
import { findRunOutcome, type RunOutcome } from "@/server/modules/workflows/service";

const ended: ReadonlySet<string> = new Set(["completed", "failed", "cancelled"]);
/** A person may take days: no caller waits for one. */
const waitsForPerson: ReadonlySet<string> = new Set(["waiting_approval", "waiting_form", "waiting_human"]);

/**
 * Listens for the moment in which a run can be answered for: it has ended, it waits for a person, or the time is over. Begin
 * before the run does, so that a fast one's end is not missed; `read` gives how it stands then.
 */
export function awaitAnswer(
  organizationId: OrganizationId,
  runId: string,
  timeoutMs: number,
): { read(): Promise<RunOutcome | null>; stop(): void } {
  const over = new AbortController();
  const done = onDone(runId, timeoutMs, over.signal);
  const unsubscribe = subscribeLive(organizationId, ({ runIds }) => {
    // Many changes at once are told without their runs.
    if (runIds.length > 0 && !runIds.includes(runId)) return;
    void findRunOutcome(runId).then(
      (outcome) => {
        if (outcome && waitsForPerson.has(outcome.status)) over.abort();
      },
      // The end or the time still answers.
      () => undefined,
    );
  });
  return {
    async read() {
      const known = await findRunOutcome(runId);
      if (known && (ended.has(known.status) || waitsForPerson.has(known.status))) return known;
      await done;
      return findRunOutcome(runId);
    },
    stop() {
      unsubscribe();
      over.abort();
    },
  };
}
