import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { MigrationList } from "@prisma/schema-engine-wasm";

export const projectRoot = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
export const schemaDir = join(projectRoot, "prisma", "schema");
export const migrationsDir = join(projectRoot, "prisma", "migrations");
const functionsDir = join(projectRoot, "prisma", "functions");

/** The Prisma schema as [path, content] pairs, in file-name order. */
export function readSchema(): [string, string][] {
  return filesEndingWith(schemaDir, ".prisma").map((name) => [
    join(schemaDir, name),
    readFileSync(join(schemaDir, name), "utf8"),
  ]);
}

/** All migrations in name order, as the schema engine wants them. */
export function readMigrations(): MigrationList {
  const lockfile = join(migrationsDir, "migration_lock.toml");
  return {
    baseDir: migrationsDir,
    lockfile: { path: "./migration_lock.toml", content: existsSync(lockfile) ? readFileSync(lockfile, "utf8") : null },
    shadowDbInitScript: "",
    migrationDirectories: migrationNames().map((name) => ({
      path: name,
      migrationFile: { path: "migration.sql", content: { tag: "ok", value: readMigration(name) } },
    })),
  };
}

export function migrationNames(): string[] {
  if (!existsSync(migrationsDir)) return [];
  return readdirSync(migrationsDir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

export function readMigration(name: string): string {
  return readFileSync(join(migrationsDir, name, "migration.sql"), "utf8");
}

/** SQL functions in file-name order. */
export function readFunctions(): { name: string; sql: string }[] {
  return filesEndingWith(functionsDir, ".sql").map((name) => ({
    name,
    sql: readFileSync(join(functionsDir, name), "utf8"),
  }));
}

function filesEndingWith(dir: string, suffix: string): string[] {
  return existsSync(dir)
    ? readdirSync(dir)
        .filter((name) => name.endsWith(suffix))
        .sort()
    : [];
}
