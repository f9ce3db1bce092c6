import type { Pool } from "pg";
import type { EmbeddedExecutor } from "../embedded/executor";

/** Whatever calls the functions of a test's worker, as far as a test may know. */
export interface RunExecutor {
  /** Resolves when nothing is due and nothing is under way. */
  idle(): Promise<void>;
  /** The drivers of a run are gone, as after a loss of the executor's own data: nobody calls them again. */
  loseDrivers(runId: string): Promise<void>;
  /** No call of this driver is under way or about to come. */
  isAtRest(driverId: string): Promise<boolean>;
  stop(): Promise<void>;
}

export function embeddedRunExecutor(pool: Pool, executor: EmbeddedExecutor): RunExecutor {
  return {
    idle: () => executor.idle(),
    stop: () => executor.stop(),
    async loseDrivers(runId) {
      for (const [table, column] of [
        ["jobs", "exec_run"],
        ["steps", "exec_run"],
        ["waits", "exec_run"],
        ["runs", "id"],
      ])
        await pool.query(
          `delete from exec_${String(table)} where ${String(column)} in (select id from exec_runs where events->0->'data'->>'runId' = $1)`,
          [runId],
        );
    },
    isAtRest: async (driverId) =>
      (await pool.query("select 1 from exec_jobs where exec_run::text = $1", [driverId])).rowCount === 0,
  };
}
