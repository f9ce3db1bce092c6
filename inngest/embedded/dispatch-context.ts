import { AsyncLocalStorage } from "node:async_hooks";
import { createHash } from "node:crypto";
import type { Json } from "@/core/json";
import type { CallLife } from "./call-life";
import type { MemoDraft } from "./store";

/** Which call the running code belongs to, and the lease under which it writes. */
export interface DispatchIdentity {
  execRunId: string;
  jobId: string;
  fence: number;
  /**
   * Memos of committed steps stay in memory until the call ends. Not in a call over which workers died: what it came to is to be seen
   * at once.
   */
  stays: boolean;
}

/** What the code of a call tells the executor, and asks it. */
export interface CallWatch {
  life: CallLife;
  /** By their hash, memos of steps whose bodies have committed what they did: still to be written, or null when that was done. */
  committed: Map<string, MemoDraft | null>;
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
 * Says that the step body has committed what it did, in its own transaction: the checkpoint that follows is answered without touching the
 * database. Without `memo` its row was written there; otherwise it is written at the end of the call, where memos stay until then.
 * `stepId` is the plain id given to `step.run`.
 */
export function markMemoCommitted(execRunId: string, stepId: string, memo?: Json): void {
  const call = storage.getStore()?.call;
  if (call?.identity.execRunId !== execRunId) return;
  const id = stepHash(stepId);
  const stays = call.identity.stays && memo !== undefined;
  call.committed.set(id, stays ? { id, name: stepId, kind: "data", memo } : null);
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
