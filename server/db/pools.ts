import type pg from "pg";
import { env } from "@/server/env";
import { processWide } from "@/server/process-wide";
import { createGroupWriter, type GroupWriter } from "./group-writer";
import { openPool } from "./open-pool";

const pool = processWide<pg.Pool>("pool");
const writer = processWide<GroupWriter>("writer");
const lastWrites = processWide<(() => Promise<void>)[]>("last writes");

/** Plain `pg` connections for the hot path: prepared statements, no object mapping. Used by `store.ts` files. */
export function hotPool(): pg.Pool {
  pool.value ??= openPool(env().HOLDPOINT_DATABASE_CONNECTIONS);
  return pool.value;
}

/** Group commit over the hot pool: see group-writer.ts. */
export function groupWriter(): GroupWriter {
  writer.value ??= createGroupWriter(hotPool());
  return writer.value;
}

/** For what is written a moment after it was asked for: done before the pools close. */
export function beforeClosing(write: () => Promise<void>): void {
  lastWrites.value = [...(lastWrites.value ?? []), write];
}

/** Waits for what is being written or still has to be, then closes. */
export async function closePools(): Promise<void> {
  await Promise.all((lastWrites.value ?? []).map((write) => write()));
  const closing = { writer: writer.value, pool: pool.value };
  pool.value = undefined;
  writer.value = undefined;
  await closing.writer?.close();
  await closing.pool?.end();
}
