import type pg from "pg";
import { env } from "@/server/env";
import { createGroupWriter, type GroupWriter } from "./group-writer";
import { openPool } from "./open-pool";

declare global {
  // Hot reload loads this file again: the pool must live outside the module.
  var holdpointPool: pg.Pool | undefined;
  var holdpointWriter: GroupWriter | undefined;
}

/** Plain `pg` connections for the hot path: prepared statements, no object mapping. Used by `store.ts` files. */
export function hotPool(): pg.Pool {
  globalThis.holdpointPool ??= openPool(env().HOLDPOINT_DATABASE_CONNECTIONS);
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
