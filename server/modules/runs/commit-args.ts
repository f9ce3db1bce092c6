import type { Json, JsonObject } from "@/core/json";
import type { JournalCommit } from "./journal";

/** A commit as hot_commit takes it; parts with nothing in them are left out. */
export function commitArgs(commit: JournalCommit): JsonObject {
  const { run, memo } = commit;
  const args: JsonObject = {
    r: run.id,
    o: run.organizationId,
    f: run.workflowId,
    g: run.generation,
    s: run.seq,
    n: commit.nextSeq,
    m: memo ? memoArgs(memo) : null,
    w: commit.rows as unknown as Json[],
    u: commit.update,
    waits: commit.waits,
    reading: commit.reading ?? false,
    progress: commit.progress,
  };
  for (const part of optionalParts) {
    const list = commit[part];
    if (list && list.length > 0) args[part] = list;
  }
  return args;
}

function memoArgs({ stays, ...memo }: NonNullable<JournalCommit["memo"]>): JsonObject {
  const lease = { x: memo.execRunId, j: memo.jobId, f: memo.fence };
  return stays ? { ...lease, stays } : { ...lease, h: memo.stepHash, n: memo.name, d: memo.data };
}

const optionalParts = [
  "due",
  "consumed",
  "close",
  "supersede",
  "open",
  "receipts",
  "deliver",
  "say",
  "emit",
  "events",
  "log",
] as const;
