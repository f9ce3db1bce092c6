import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { roleToGrant } from "./db/addresses";
import { withDatabase } from "./db/database";
import { diffMigrationsToSchema } from "./db/diff";
import { migrate } from "./db/migrate";
import { createKeyRing } from "@/server/integrations/secrets/key-ring";
import { migrationsDir } from "./db/project-files";
import { reseal } from "./db/reseal";
import { withScratchDatabase } from "./db/scratch";
import { dataDirectory } from "./start/data-directory";
import { instanceSecrets } from "./start/secrets";

interface Command {
  usage: string;
  /** Resolves to the exit code. */
  run(argument: string | undefined): Promise<number>;
}

const commands: Record<string, Command> = {
  migrate: { usage: "migrate       apply new migrations and all SQL functions", run: migrateDatabase },
  new: { usage: "new <name>    write a migration for what changed in prisma/schema", run: newMigration },
  check: { usage: "check         fail when schema and migrations disagree, or when one does not apply", run: check },
  reseal: {
    usage: "reseal        seal every secret with the newest key of HOLDPOINT_ENCRYPTION_KEYS",
    run: resealSecrets,
  },
  reset: { usage: "reset --yes   delete everything in the database and migrate again", run: reset },
};

const [name = "", argument] = process.argv.slice(2);
const command = commands[name];
if (!command) {
  console.log(
    ["Usage: npm run db -- <command>", ...Object.values(commands).map((each) => `  ${each.usage}`)].join("\n"),
  );
  process.exitCode = name === "" ? 0 : 1;
} else {
  try {
    process.exitCode = await command.run(argument);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

async function migrateDatabase(): Promise<number> {
  const applied = await withDatabase((addresses) => migrate(addresses.owner, roleToGrant(addresses)));
  console.log(applied.length === 0 ? "The database is up to date." : `Applied ${applied.join(", ")}.`);
  return 0;
}

async function newMigration(label: string | undefined): Promise<number> {
  if (!label || !/^[a-z][a-z0-9_]{2,60}$/.test(label)) {
    console.error("Name the migration in snake_case, for example: npm run db -- new add_run_labels");
    return 1;
  }
  const { sql } = await diffMigrationsToSchema();
  if (sql === "") {
    console.log("The migrations already say what prisma/schema says. Nothing written.");
    return 0;
  }
  const stamp = new Date().toISOString().replaceAll(/\D/g, "").slice(0, 14);
  console.log(`Wrote ${writeMigration(`${stamp}_${label}`, sql)}. Read it before you commit it.`);
  return 0;
}

async function check(): Promise<number> {
  const { summary } = await diffMigrationsToSchema();
  if (summary !== "") {
    console.error(`prisma/schema says more than prisma/migrations. Run "npm run db -- new <name>".\n${summary}`);
    return 1;
  }
  await withScratchDatabase((url) => migrate(url));
  console.log("Schema, migrations and functions agree.");
  return 0;
}

async function resealSecrets(): Promise<number> {
  const keys = instanceSecrets(dataDirectory())["HOLDPOINT_ENCRYPTION_KEYS"] ?? "";
  const { renewed, unreadable } = await withDatabase(async ({ owner }) => {
    const client = new Client({ connectionString: owner });
    await client.connect();
    try {
      return await reseal(client, createKeyRing(keys));
    } finally {
      await client.end();
    }
  });
  for (const problem of unreadable) console.error(problem);
  console.log(
    `${String(renewed)} secrets were sealed with the newest key. ${unreadable.length === 0 ? "The older keys are needed no more." : `${String(unreadable.length)} could not be opened and are as they were.`}`,
  );
  return unreadable.length === 0 ? 0 : 1;
}

async function reset(confirmation: string | undefined): Promise<number> {
  if (confirmation !== "--yes") {
    console.error('This deletes everything in the database. Run "npm run db -- reset --yes" if you mean it.');
    return 1;
  }
  await withDatabase(async (addresses) => {
    const client = new Client({ connectionString: addresses.owner });
    await client.connect();
    await client.query("drop schema public cascade; create schema public");
    await client.end();
    await migrate(addresses.owner, roleToGrant(addresses));
  });
  console.log("The database is empty and up to date.");
  return 0;
}

function writeMigration(folder: string, sql: string): string {
  const dir = join(migrationsDir, folder);
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, "migration.sql"), sql);
  const lock = join(migrationsDir, "migration_lock.toml");
  if (!existsSync(lock)) writeFileSync(lock, 'provider = "postgresql"\n');
  return join(dir, "migration.sql");
}
