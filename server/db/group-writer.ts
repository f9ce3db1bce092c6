import type { Pool, PoolClient } from "pg";
import type { Json, JsonObject } from "@/core/json";

/**
 * Group commit. Everything pending, of all kinds and all runs, goes to PostgreSQL as one call of
 * `hot_batch(jsonb)` = one transaction; each caller is answered after the commit. A batch is flushed as soon as one of
 * the few writer connections is idle, so a lone caller waits for nothing and a busy process commits in groups.
 *
 * A batch that fails is split in half and tried again, so that one bad item fails alone.
 */
export interface GroupWriter {
  /** Runs SQL function `hot_<kind>(args jsonb) returns jsonb` inside the next batch. Resolves after commit. */
  call(kind: string, args: JsonObject): Promise<Json>;
  /** Resolves when nothing is pending. */
  drain(): Promise<void>;
  /** Drains, then gives its connections back to the pool. */
  close(): Promise<void>;
}

interface Pending {
  kind: string;
  args: JsonObject;
  resolve(value: Json): void;
  reject(error: unknown): void;
}

export const groupWriterConnections = 2;
const maxBatch = 200;

export function createGroupWriter(pool: Pool): GroupWriter {
  const pending: Pending[] = [];
  const idle: PoolClient[] = [];
  const drained: (() => void)[] = [];
  const broken = new WeakSet<PoolClient>();
  let open = 0;
  let busy = 0;

  async function run(client: PoolClient, items: Pending[]): Promise<void> {
    try {
      const results = await execute(client, items);
      items.forEach((item, index) => {
        item.resolve(results[index] ?? null);
      });
    } catch (error) {
      if (items.length === 1) {
        items[0]?.reject(error);
        return;
      }
      const half = Math.ceil(items.length / 2);
      await run(client, items.slice(0, half));
      await run(client, items.slice(half));
    }
  }

  /** A connection may die while it is idle, too: it is dropped then, and the next flush opens another. */
  function watch(client: PoolClient): PoolClient {
    client.on("error", () => {
      broken.add(client);
      const at = idle.indexOf(client);
      if (at < 0) return;
      idle.splice(at, 1);
      open -= 1;
      client.release(true);
    });
    return client;
  }

  async function work(client: PoolClient): Promise<void> {
    while (pending.length > 0 && !broken.has(client)) {
      await run(client, pending.splice(0, maxBatch));
    }
    busy -= 1;
    if (broken.has(client)) {
      open -= 1;
      client.release(true);
      flush();
    } else {
      idle.push(client);
    }
    if (busy === 0 && pending.length === 0)
      drained.splice(0).forEach((done) => {
        done();
      });
  }

  function flush(): void {
    if (pending.length === 0) return;
    const client = idle.pop();
    if (client) {
      busy += 1;
      void work(client);
      return;
    }
    if (open >= groupWriterConnections) return;
    open += 1;
    busy += 1;
    pool.connect().then(
      (fresh) => void work(watch(fresh)),
      (error: unknown) => {
        open -= 1;
        busy -= 1;
        for (const item of pending.splice(0)) item.reject(error);
      },
    );
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
      for (const client of idle.splice(0)) {
        open -= 1;
        client.release();
      }
    },
  };
}

async function execute(client: PoolClient, items: Pending[]): Promise<Json[]> {
  const batch = JSON.stringify(items.map((item) => ({ k: item.kind, a: item.args })));
  const { rows } = await client.query<{ results: Json[] }>({
    name: "hot_batch",
    text: "select hot_batch($1::jsonb) as results",
    values: [batch],
  });
  return rows[0]?.results ?? [];
}
