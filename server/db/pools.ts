import pg from "pg";
import { env } from "@/server/env";
import { logger } from "@/server/logger";
import { createGroupWriter, type GroupWriter } from "./group-writer";

declare global {
  // Hot reload loads this file again: the pool must live outside the module.
  var holdpointPool: pg.Pool | undefined;
  var holdpointWriter: GroupWriter | undefined;
}

/** Plain `pg` connections for the hot path: prepared statements, no object mapping. Used by `store.ts` files. */
export function hotPool(): pg.Pool {
  globalThis.holdpointPool ??= createPool();
  return globalThis.holdpointPool;
}

/** Group commit over the hot pool: see group-writer.ts. */
export function groupWriter(): GroupWriter {
  globalThis.holdpointWriter ??= createGroupWriter(hotPool());
  return globalThis.holdpointWriter;
}

/** Waits for what is being written, then closes. */
export async function closePools(): Promise<void> {
  const pool = globalThis.holdpointPool;
  const writer = globalThis.holdpointWriter;
  globalThis.holdpointPool = undefined;
  globalThis.holdpointWriter = undefined;
  await writer?.close();
  await pool?.end();
}

function createPool(): pg.Pool {
  const pool = new pg.Pool({
    connectionString: env().DATABASE_URL,
    max: env().HOLDPOINT_DATABASE_CONNECTIONS,
    application_name: "holdpoint",
  });
  // An idle connection that the server closes (restart) is no reason to end the process.
  pool.on("error", (error) => logger().warn({ err: error }, "database connection lost"));
  return pool;
}
