import type { StepRecord } from "@/core/engine/protocol";
import type { JournalRow } from "./journal";

/** What the engine has to know of a row of the journal. */
export function readRecord(row: JournalRow): StepRecord {
  return {
    key: row.key,
    nodeId: row.nodeId,
    iteration: row.iteration,
    status: row.status,
    attempt: row.attempt,
    ...(row.handle === null ? {} : { handle: row.handle }),
    ...(row.engine?.end ? { end: row.engine.end } : {}),
    ...(row.engine?.loop ? { loop: row.engine.loop } : {}),
    ...(row.engine?.waitingFor ? { waitingFor: row.engine.waitingFor } : {}),
    ...(row.engine?.failure ? { failure: row.engine.failure } : {}),
  };
}
