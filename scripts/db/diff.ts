import { readMigrations, readSchema } from "./project-files";
import { withSchemaEngine } from "./schema-engine";
import { withScratchDatabase } from "./scratch";

export interface SchemaDifference {
  /** SQL that takes a database from the migrations to the schema; empty when they agree. */
  sql: string;
  summary: string;
}

/** What the schema says that the migrations do not yet say. */
export async function diffMigrationsToSchema(): Promise<SchemaDifference> {
  return await withScratchDatabase((url) =>
    withSchemaEngine(url, async (engine) => {
      const from = { tag: "migrations" as const, ...readMigrations() };
      const ask = (script: boolean) => engine.diff({ from, to: schema(), script, exitCode: true, filters: noFilter });
      const { exitCode, stdout } = await ask(true);
      if (exitCode === 0) return { sql: "", summary: "" };
      return { sql: stdout ?? "", summary: (await ask(false)).stdout ?? "" };
    }),
  );
}

const noFilter = { externalTables: [], externalEnums: [] };

function schema() {
  return { tag: "schemaDatamodel" as const, files: readSchema().map(([path, content]) => ({ path, content })) };
}
