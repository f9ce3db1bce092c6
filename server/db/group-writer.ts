import type { Pool, PoolClient } from "pg";
import type { Json, JsonObject } from "@/core/json";
import { createWriterConnections } from "./writer-connections";
import { execute, writeBatch, type PendingWrite } from "./write-batch";
import { isBlocked, isCut } from "./write-errors";

/**
 * Group commit. Everything pending, of all kinds and all runs, goes to PostgreSQL as one call of
 * `hot_batch(jsonb)` = one transaction; each caller is answered after the commit. A batch is flushed as soon as one of
 * the few writer connections is idle, so a lone caller waits for nothing and a busy process commits in groups.
 *
 * An item that fails fails alone. One whose rows somebody else holds is written alone and again, on a connection of its own,
 * while everything else goes on.
 */
export interface GroupWriter {
  /** Runs SQL function `hot_<kind>(args jsonb) returns jsonb` inside the next batch. Resolves after commit. */
  call(kind: string, args: JsonObject): Promise<Json>;
  /** Resolves when nothing is pending. */
  drain(): Promise<void>;
  /** Drains, then gives its connections back to the pool. */
  close(): Promise<void>;
}

export const groupWriterConnections = 2;
const maxBatch = 200;
/** How long a blocked item is tried before its caller hears of it: its lock is held by something that hangs. */
const blockedMs = 30_000;

export function createGroupWriter(pool: Pool): GroupWriter {
  const pending: PendingWrite[] = [];
  const blocked: { item: PendingWrite; until: number }[] = [];
  const drained: (() => void)[] = [];
  const connections = createWriterConnections(pool, groupWriterConnections);
  const forBlocked = createWriterConnections(pool, 1);
  let busy = 0;

  function setAside(item: PendingWrite): void {
    blocked.push({ item, until: performance.now() + blockedMs });
    if (blocked.length === 1) use(forBlocked, workOnBlocked, rejectBlocked);
  }

  /** Waiting for the lock is part of each try: see the connections' `lock_timeout`. */
  async function workOnBlocked(client: PoolClient): Promise<void> {
    for (let next = blocked[0]; next; next = blocked[0]) {
      const { item, until } = next;
      try {
        await execute(client, [item]);
        blocked.shift();
      } catch (error) {
        blocked.shift();
        if (isBlocked(error) && performance.now() < until) blocked.push(next);
        else item.reject(error);
        if (!isCut(error)) continue;
        forBlocked.retire(client);
        return;
      }
    }
  }

  async function work(client: PoolClient): Promise<void> {
    while (pending.length > 0 && !connections.isBroken(client)) {
      if (!(await writeBatch(client, pending.splice(0, maxBatch), setAside))) connections.retire(client);
    }
  }

  function rejectBlocked(error: unknown): void {
    for (const { item } of blocked.splice(0)) item.reject(error);
  }
  function rejectPending(error: unknown): void {
    for (const item of pending.splice(0)) item.reject(error);
  }

  function use(
    from: typeof connections,
    task: (client: PoolClient) => Promise<void>,
    fail: (error: unknown) => void,
  ): void {
    const taken = from.take();
    if (!taken) return;
    busy += 1;
    taken
      .then(async (client) => {
        await task(client);
        from.giveBack(client);
      }, fail)
      .finally(() => {
        busy -= 1;
        flush();
        if (busy === 0) drained.splice(0).forEach((done) => done());
      });
  }

  function flush(): void {
    if (pending.length > 0) use(connections, work, rejectPending);
    if (blocked.length > 0) use(forBlocked, workOnBlocked, rejectBlocked);
  }

  const drain = (): Promise<void> =>
    busy === 0 && pending.length === 0 ? Promise.resolve() : new Promise((resolve) => drained.push(resolve));
  return {
    call: (kind, args) =>
      new Promise((resolve, reject) => {
        pending.push({ kind, args, resolve, reject });
        // One macro-task turn lets callers of the same moment share a transaction.
        if (pending.length === 1) setImmediate(flush);
      }),
    drain,
    close: async () => {
      await drain();
      await Promise.all([connections.close(), forBlocked.close()]);
    },
  };
}
