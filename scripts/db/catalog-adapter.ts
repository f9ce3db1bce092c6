import { PrismaPg } from "@prisma/adapter-pg";
import type { SqlDriverAdapter } from "@prisma/driver-adapter-utils";
import { Pool } from "pg";
import type { PoolClient, QueryResult } from "pg";

/**
 * A Prisma adapter that the schema engine can read PostgreSQL's catalogues with. Their one-byte columns (type `"char"`)
 * are refused by the adapter of version 7.10; here they pass it as text and are announced to the engine as characters.
 */
export async function connectCatalogAdapter(url: string): Promise<SqlDriverAdapter> {
  const pool = new Pool({ connectionString: url, max: 4 });
  pool.on("error", () => undefined);
  const characters: CharacterColumns = new WeakMap();
  passAsText(pool, characters);
  pool.on("connect", (client) => {
    passAsText(client, characters);
  });
  const adapter = await new PrismaPg(pool).connect();
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (query) => {
    const result = await queryRaw(query);
    for (const index of characters.get(result.rows) ?? []) result.columnTypes[index] = characterColumn;
    return result;
  };
  // The engine disposes of a shadow database's adapter itself, and not of the others.
  adapter.dispose = async () => {
    if (!pool.ending) await pool.end();
  };
  return adapter;
}

/** Rows of one result -> positions of its one-byte columns. The adapter hands on the very array that pg made. */
type CharacterColumns = WeakMap<object, number[]>;

/** PostgreSQL's type numbers. */
const charType = 18;
const textType = 25;
/** Prisma's number for a column of single characters. */
const characterColumn = 6;

function passAsText(target: Pool | PoolClient, characters: CharacterColumns): void {
  const query = target.query.bind(target) as (...args: unknown[]) => unknown;
  const passing = async (...args: unknown[]): Promise<unknown> => {
    const result = await query(...args);
    if (!isResult(result)) return result;
    const positions = result.fields.flatMap((field, index) => (field.dataTypeID === charType ? [index] : []));
    for (const index of positions) Object.assign(result.fields[index] ?? {}, { dataTypeID: textType });
    if (positions.length > 0) characters.set(result.rows, positions);
    return result;
  };
  Object.assign(target, { query: passing });
}

function isResult(value: unknown): value is QueryResult {
  return typeof value === "object" && value !== null && "fields" in value && Array.isArray(value.fields);
}
