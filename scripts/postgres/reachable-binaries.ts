import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { z } from "zod";
import { postgresBinaries } from "./binaries";
import type { PostgresBinaries } from "./binaries";
import { canReach } from "./system-user";
import type { SystemUser } from "./system-user";

/**
 * The PostgreSQL programs at a place where the user may run them. A clone below a closed folder (`/root`) keeps them from
 * everybody but root, so they are copied to the temporary folder once.
 */
export function reachableBinaries(user: SystemUser): PostgresBinaries {
  const installed = postgresBinaries();
  if (canReach(installed.postgres, user)) return installed;
  const native = dirname(dirname(installed.postgres));
  const version = versionOf(join(dirname(native), "package.json"));
  const copy = join(tmpdir(), `holdpoint-postgresql-${version}`);
  if (!isOurs(copy)) copyTo(copy, native);
  return { initdb: join(copy, "bin", "initdb"), postgres: join(copy, "bin", "postgres") };
}

const marker = "complete";

function copyTo(target: string, native: string): void {
  const staging = mkdtempSync(`${target}-`);
  cpSync(native, staging, { recursive: true, verbatimSymlinks: true });
  chmodSync(staging, 0o755);
  writeFileSync(join(staging, marker), "");
  rmSync(target, { recursive: true, force: true });
  renameSync(staging, target);
}

/** Whatever lies at a known name in the temporary folder is run only if nobody else can have put it there. */
function isOurs(folder: string): boolean {
  if (!existsSync(join(folder, marker))) return false;
  const { uid, mode } = statSync(folder);
  return uid === process.getuid?.() && (mode & 0o022) === 0;
}

function versionOf(manifest: string): string {
  return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(manifest, "utf8"))).version;
}
