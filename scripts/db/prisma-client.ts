import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { projectRoot, readSchema } from "./project-files";

/** Generates the Prisma client into server/db/generated when the schema or Prisma changed since the last time. */
export function generatePrismaClient(): void {
  const folder = join(projectRoot, "server", "db", "generated");
  const stamp = join(folder, ".schema-hash");
  const prismaPackage = generator();
  // An image brings the client that was made when it was built, and not what made it.
  if (prismaPackage === null && existsSync(stamp)) return;
  if (prismaPackage === null)
    throw new Error("The package prisma is not installed. Run npm install, then start again.");
  const hash = createHash("sha256")
    .update(JSON.stringify([readSchema(), readFileSync(prismaPackage, "utf8")]))
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === hash) return;
  const cli = join(dirname(prismaPackage), "build", "index.js");
  // `generate` looks for a schema engine that it never runs; any existing file stops it from downloading one.
  const env = {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: "1",
    CHECKPOINT_DISABLE: "1",
  };
  const result = spawnSync(process.execPath, [cli, "generate"], { cwd: projectRoot, env, encoding: "utf8" });
  if (result.status !== 0)
    throw new Error(`The Prisma client could not be generated:\n${result.stdout}${result.stderr}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(stamp, hash);
}

function generator(): string | null {
  try {
    return createRequire(import.meta.url).resolve("prisma/package.json");
  } catch {
    return null;
  }
}
