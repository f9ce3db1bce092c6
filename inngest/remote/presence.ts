import type { Pool } from "pg";
import { newId } from "@/core/ids";
import type { ExecutorLogger } from "../embedded/executor";

const beatMs = 2_000;

/** This worker's row: the web processes read there whether somebody serves the Inngest server, and what is wrong if not. */
export function createPresence(pool: Pool, url: string, log: ExecutorLogger) {
  const id = newId();
  let registeredAt: Date | null = null;
  let problem: string | null = "The worker has just started and is not registered yet.";
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<unknown> = Promise.resolve();

  const beat = (): void => {
    writing = writing
      .then(() => pool.query(beatSql, [id, url, registeredAt, problem]))
      .catch((error: unknown) => {
        log.warn({ err: error }, "the worker could not show that it lives");
      });
  };

  return {
    start: (): void => {
      beat();
      timer = setInterval(beat, beatMs);
    },
    problem: (): string | null => problem,
    /** What came of a registration. */
    registered: (found: string | undefined): void => {
      if (found === undefined) registeredAt = new Date();
      problem = found ?? null;
      beat();
    },
    stop: async (): Promise<void> => {
      clearInterval(timer);
      await writing;
      await pool.query("delete from inngest_workers where id = $1", [id]).catch(() => undefined);
    },
  };
}

const beatSql = `with gone as (delete from inngest_workers where heartbeat_at < now() - interval '1 hour')
  insert into inngest_workers (id, url, registered_at, problem) values ($1, $2, $3, $4)
  on conflict (id) do update set heartbeat_at = now(), registered_at = excluded.registered_at, problem = excluded.problem`;
