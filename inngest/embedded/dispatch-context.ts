import { AsyncLocalStorage } from "node:async_hooks";
import { createHash } from "node:crypto";
import type { CallLife } from "./call-life";

/** Which call the running code belongs to. `jobId` and `fence` go into `exec_put_memo`. */
export interface DispatchIdentity {
  execRunId: string;
  jobId: string;
  fence: number;
}

/** What the code of a call tells the executor, and asks it. */
export interface CallWatch {
  life: CallLife;
  /** Hashes of steps whose memo a body has written itself. */
  committed: Set<string>;
  /** Null: a further step may begin. Otherwise wait for it: it throws when this call belongs to somebody else now. */
  confirm(): Promise<void> | null;
}

interface Frame {
  /** Null outside the embedded executor (with a real Inngest server). */
  call: (CallWatch & { identity: DispatchIdentity }) | null;
  /** The step whose body this code is part of. */
  body: string | null;
}

const storage = new AsyncLocalStorage<Frame>();

/** The call that this code runs in; undefined outside the embedded executor (with a real Inngest server). */
export function currentDispatch(): DispatchIdentity | undefined {
  return storage.getStore()?.call?.identity;
}

/** The name of the step whose body this code is part of. */
export function currentBody(): string | null {
  return storage.getStore()?.body ?? null;
}

/**
 * Says that the step body has written its own memo row (with `exec_put_memo`, in its own transaction): the checkpoint
 * that follows is answered without touching the database. `stepId` is the plain id given to `step.run`.
 */
export function markMemoCommitted(execRunId: string, stepId: string): void {
  const call = storage.getStore()?.call;
  if (call?.identity.execRunId === execRunId) call.committed.add(stepHash(stepId));
}

/** The executor's key of a step: what `exec_put_memo` takes as its hash. */
export function stepHash(stepId: string): string {
  return createHash("sha1").update(stepId).digest("hex");
}

/** Runs `work` as part of a call. */
export function runInDispatch<T>(
  identity: DispatchIdentity,
  { life, committed, confirm }: CallWatch,
  work: () => Promise<T>,
): Promise<T> {
  return storage.run({ call: { identity, life, committed, confirm }, body: null }, work);
}

/**
 * Resolves when what the running code is about to do is still this process's to do; throws when it was stopped or cut off
 * for so long that others do it by now. Asked before anything that the world can see, after any waiting.
 */
export async function stillOurs(): Promise<void> {
  const confirmed = storage.getStore()?.call?.confirm();
  if (confirmed) await confirmed;
}

/**
 * Runs the body of a step, which may take long: until it ends, its call shows life. A process that was stopped for a while
 * does not begin what others do by now.
 */
export async function runBody<T>(step: string, work: () => Promise<T>): Promise<T> {
  const call = storage.getStore()?.call ?? null;
  const inBody = (): Promise<T> => storage.run({ call, body: step }, work);
  if (!call) return await inBody();
  await stillOurs();
  return await call.life.during(inBody);
}
