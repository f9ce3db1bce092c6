import type { Pool } from "pg";
import { createListener } from "./embedded/listener";
import type { ExecutorLogger } from "./embedded/executor";
import type { HoldpointInngest } from "./client";

/** With nobody telling it anything it still looks this often, ms. */
const everyMs = 1_000;
const batch = 100;

/**
 * With a real Inngest server: sends what the outbox holds. A row goes only after the server has it; its dedupe id makes a
 * repeat harmless.
 */
export function startRelay(
  pool: Pool,
  connectionString: string,
  client: HoldpointInngest,
  log: ExecutorLogger,
): { stop(): Promise<void> } {
  let stopped = false;
  let turn: Promise<void> | null = null;
  let again = false;

  const kick = (): void => {
    again = true;
    turn ??= drain().finally(() => {
      turn = null;
    });
  };
  const drain = async (): Promise<void> => {
    while (again && !stopped) {
      again = false;
      try {
        if ((await relayBatch(pool, client)) === batch) again = true;
      } catch (error) {
        log.warn({ err: error }, "events could not be sent to Inngest; trying again");
      }
    }
  };
  const listener = createListener(connectionString, kick, log);
  void listener.start();
  const timer = setInterval(kick, everyMs);
  return {
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      await listener.stop();
      await turn;
    },
  };
}

async function relayBatch(pool: Pool, client: HoldpointInngest): Promise<number> {
  const connection = await pool.connect();
  try {
    await connection.query("begin");
    const { rows } = await connection.query<{
      id: string;
      name: string;
      data: Record<string, unknown>;
      dedupe_id: string | null;
    }>(
      `select id, name, data, dedupe_id from event_outbox where due_at <= now() order by created_at limit ${String(batch)} for update skip locked`,
    );
    if (rows.length > 0) {
      await client.send(rows.map((row) => ({ name: row.name, data: row.data, id: row.dedupe_id ?? row.id })));
      await connection.query("delete from event_outbox where id = any($1)", [rows.map((row) => row.id)]);
    }
    await connection.query("commit");
    return rows.length;
  } catch (error) {
    await connection.query("rollback");
    throw error;
  } finally {
    connection.release();
  }
}
