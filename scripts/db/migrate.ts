import { createHash } from "node:crypto";
import { Client } from "pg";
import { grantToApp } from "./app-role";
import { migrationNames, readFunctions, readMigration, readMigrations } from "./project-files";
import { withSchemaEngine } from "./schema-engine";

/**
 * Brings a database up to date as its owner: new migrations, then every SQL function, then the rights of the role that the product runs
 * as, if that is another one. Returns the names of the migrations it applied.
 */
export async function migrate(url: string, app?: string): Promise<string[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    // Two instances that start at once on one external database must not migrate at once.
    await client.query("select pg_advisory_lock($1)", [migrationLock]);
    const applied = (await upToDate(client)) ? [] : await applyMigrations(url);
    await applyFunctions(client);
    if (app !== undefined) await grantToApp(client, app);
    return applied;
  } finally {
    await client.end();
  }
}

const migrationLock = 7_145_201;
const noFilter = { externalTables: [], externalEnums: [] };

async function applyMigrations(url: string): Promise<string[]> {
  return await withSchemaEngine(url, async (engine) => {
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList: readMigrations(),
      filters: noFilter,
    });
    return appliedMigrationNames;
  });
}

/** The common case of a start with nothing new costs one query instead of loading the schema engine. */
async function upToDate(client: Client): Promise<boolean> {
  const table = await client.query<{ found: boolean }>("select to_regclass('_prisma_migrations') is not null as found");
  if (!table.rows[0]?.found) return false;
  const { rows } = await client.query<{ migration_name: string; checksum: string }>(
    "select migration_name, checksum from _prisma_migrations where finished_at is not null and rolled_back_at is null",
  );
  const recorded = new Map(rows.map((row) => [row.migration_name, row.checksum]));
  refuseNewerDatabase([...recorded.keys()]);
  return migrationNames().every((name) => recorded.get(name) === sha256(readMigration(name)));
}

function refuseNewerDatabase(recorded: string[]): void {
  const known = new Set(migrationNames());
  const unknown = recorded.find((name) => !known.has(name));
  if (unknown === undefined) return;
  throw new Error(
    `This database was written by a newer version (it has migration ${unknown}, which is not in this version). ` +
      "Start the newer version, or use another HOLDPOINT_DATA_DIR or DATABASE_URL.",
  );
}

async function applyFunctions(client: Client): Promise<void> {
  for (const { name, sql } of readFunctions()) {
    try {
      await client.query(sql);
    } catch (error) {
      throw new Error(`prisma/functions/${name}: ${error instanceof Error ? error.message : String(error)}`, {
        cause: error,
      });
    }
  }
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
