import type { Pool, PoolClient } from "pg";
import type { Json, JsonObject } from "@/core/json";
import { createWriterConnections, type WriterConnections } from "./writer-connections";
import { execute, pendingWrite, writeBatch, type PendingWrite } from "./write-batch";
import { isBlocked, isCut } from "./write-errors";
import { createWriteLanes, type WriteLane } from "./write-lanes";

/**
 * Group commit. Everything pending, of all kinds and all runs, goes to PostgreSQL as one call of
 * `hot_batch(jsonb)` = one transaction; each caller is answered after the commit. A batch is flushed as soon as one of
 * the few writer connections is idle, so a lone caller waits for nothing and a busy process commits in groups.
 *
 * Large items have a connection of their own (write-lanes.ts). An item that fails fails alone. One whose rows somebody else holds is written alone and again, on a connection of its own,
 * while everything else goes on.
 */
export interface GroupWriter {
  /**
   * Runs SQL function `hot_<kind>(args jsonb) returns jsonb` inside the next batch. Resolves after commit. `owner`: the organization
   * that it is for, where the arguments do not say so; everybody's writes get on evenly.
   */
  call(kind: string, args: JsonObject, owner?: string): Promise<Json>;
  /** Resolves when nothing is pending. */
  drain(): Promise<void>;
  /** Drains, then gives its connections back to the pool. */
  close(): Promise<void>;
}

/** For small items; one more each for large ones and for those that are blocked. */
const smallConnections = 2;
/** Turns of the event loop in which those whose writes were answered go on to their next ones, which then share a transaction. */
const turnsToGather = 3;
/** Longer turns are those of somebody who keeps the process busy: nobody waits for more of them. */
const msToGather = 2;
/** How long a blocked item is tried before its caller hears of it: its lock is held by something that hangs. */
const blockedMs = 30_000;

export function createGroupWriter(pool: Pool): GroupWriter {
  const lanes = createWriteLanes();
  const blocked: { item: PendingWrite; until: number }[] = [];
  const drained: (() => void)[] = [];
  const connections: Record<WriteLane, WriterConnections> = {
    small: createWriterConnections(pool, smallConnections),
    large: createWriterConnections(pool, 1),
  };
  const forBlocked = createWriterConnections(pool, 1);
  let busy = 0;
  let isCalled = false;

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

  const workOn = (lane: WriteLane) => async (client: PoolClient) => {
    while (lanes.has(lane) && !connections[lane].isBroken(client)) {
      const items = lanes.take(lane);
      if (!(await writeBatch(client, items, setAside))) connections[lane].retire(client);
      if (lane === "large") lanes.written(items);
      await gathered();
    }
  };

  function rejectBlocked(error: unknown): void {
    for (const { item } of blocked.splice(0)) item.reject(error);
  }
  const rejectLane = (lane: WriteLane) => (error: unknown) => {
    for (const item of lanes.clear(lane)) item.reject(error);
  };

  function use(
    from: WriterConnections,
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
    for (const lane of ["small", "large"] as const)
      if (lanes.has(lane)) use(connections[lane], workOn(lane), rejectLane(lane));
    if (blocked.length > 0) use(forBlocked, workOnBlocked, rejectBlocked);
  }

  const isPending = (): boolean => lanes.has("small") || lanes.has("large");
  const drain = (): Promise<void> =>
    busy === 0 && !isPending() ? Promise.resolve() : new Promise((resolve) => drained.push(resolve));
  return {
    call: (kind, args, owner) =>
      new Promise((resolve, reject) => {
        lanes.add(pendingWrite(kind, args, { resolve, reject }, owner));
        if (isCalled) return;
        isCalled = true;
        // One macro-task turn lets callers of the same moment share a transaction.
        setImmediate(() => {
          isCalled = false;
          flush();
        });
      }),
    drain,
    close: async () => {
      await drain();
      await Promise.all([connections.small.close(), connections.large.close(), forBlocked.close()]);
    },
  };
}

async function gathered(): Promise<void> {
  const until = performance.now() + msToGather;
  for (let turn = 0; turn < turnsToGather && performance.now() < until; turn += 1)
    await new Promise((resolve) => setImmediate(resolve));
}
