import { AsyncLocalStorage } from "node:async_hooks";
import { createHash } from "node:crypto";

/** Which call the running code belongs to. `jobId` and `fence` go into `exec_put_memo`. */
export interface DispatchIdentity {
  execRunId: string;
  jobId: string;
  fence: number;
}

interface DispatchFrame extends DispatchIdentity {
  /** Hashes of steps whose memo a step body has committed itself. */
  committed: Set<string>;
}

const storage = new AsyncLocalStorage<DispatchFrame>();

/** The call that this code runs in; undefined outside the embedded executor (with a real Inngest server). */
export function currentDispatch(): DispatchIdentity | undefined {
  return storage.getStore();
}

/**
 * Says that the step body has written its own memo row (with `exec_put_memo`, in its own transaction): the checkpoint
 * that follows is answered without touching the database. `stepId` is the plain id given to `step.run`.
 */
export function markMemoCommitted(execRunId: string, stepId: string): void {
  const frame = storage.getStore();
  if (frame?.execRunId === execRunId) frame.committed.add(stepHash(stepId));
}

/** The executor's key of a step: what `exec_put_memo` takes as its hash. */
export function stepHash(stepId: string): string {
  return createHash("sha1").update(stepId).digest("hex");
}

/** Runs `work` as part of a call. */
export function runInDispatch<T>(
  identity: DispatchIdentity,
  committed: Set<string>,
  work: () => Promise<T>,
): Promise<T> {
  return storage.run({ ...identity, committed }, work);
}
