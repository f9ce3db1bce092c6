import type { Pool, PoolClient } from "pg";

/**
 * A row that somebody else holds for longer is waited for elsewhere; a batch that takes longer is cut off. Both hold for
 * these connections only: they are taken from the pool for good, and set back when they are given back.
 */
const settings = "set lock_timeout = '250ms'; set statement_timeout = '30s'";
const reset = "reset lock_timeout; reset statement_timeout";

export interface WriterConnections {
  /** A connection that nobody uses, opened when there are fewer than `size`; null when all are in use. */
  take(): Promise<PoolClient> | null;
  giveBack(client: PoolClient): void;
  /** Its connection was lost: it is dropped when it is given back. */
  retire(client: PoolClient): void;
  isBroken(client: PoolClient): boolean;
  /** Gives the idle ones back to the pool. */
  close(): Promise<void>;
}

export function createWriterConnections(pool: Pool, size: number): WriterConnections {
  const idle: PoolClient[] = [];
  const broken = new WeakSet<PoolClient>();
  let open = 0;

  function drop(client: PoolClient): void {
    open -= 1;
    client.release(true);
  }

  async function connect(): Promise<PoolClient> {
    try {
      const client = await pool.connect();
      // A connection may die while it is idle, too: it is dropped then, and the next flush opens another.
      client.on("error", () => {
        broken.add(client);
        const at = idle.indexOf(client);
        if (at < 0) return;
        idle.splice(at, 1);
        drop(client);
      });
      try {
        await client.query(settings);
      } catch (error) {
        client.release(true);
        throw error;
      }
      return client;
    } catch (error) {
      open -= 1;
      throw error;
    }
  }

  return {
    take() {
      const client = idle.pop();
      if (client) return Promise.resolve(client);
      if (open >= size) return null;
      open += 1;
      return connect();
    },
    giveBack(client) {
      if (broken.has(client)) drop(client);
      else idle.push(client);
    },
    retire: (client) => void broken.add(client),
    isBroken: (client) => broken.has(client),
    async close() {
      for (const client of idle.splice(0)) {
        await client.query(reset).then(
          () => {
            open -= 1;
            client.release();
          },
          () => drop(client),
        );
      }
    },
  };
}
