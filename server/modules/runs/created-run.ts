import type { Actor } from "@/server/db/tenant";
import { factsOf } from "./facts-of";
import type { RunFacts } from "./read-model";
import type { RunDetailRow } from "./repository";
import { visibleRun } from "./visible-run";

/**
 * The answer to a start: the run as it was created, however far its driver has come since. Who may start or control a run
 * sees the answer without `runs:read`.
 */
export async function createdRun(actor: Actor, started: { id: string; existing: boolean }): Promise<RunFacts> {
  const row = await visibleRun(actor, started.id);
  return factsOf(actor, started.existing ? row : { ...row, ...asCreated });
}

const asCreated = {
  status: "pending",
  output: null,
  error: null,
  failureReason: null,
  cancelReason: null,
  endMessage: null,
  warnings: null,
  busy: false,
  heartbeatAt: null,
  startedAt: null,
  endedAt: null,
} satisfies Partial<RunDetailRow>;
