import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { own } from "./own";
import { programAs } from "./program-as";
import { reachableBinaries } from "./reachable-binaries";
import type { SystemUser } from "./system-user";

export interface InitialiseOptions {
  data: string;
  superuser: string;
  password: string;
  user: SystemUser;
  /** False skips waiting for the disk. */
  durable: boolean;
}

/** Makes an empty folder a data directory; leaves it empty when that fails. */
export function initialise({ data, superuser, password, user, durable }: InitialiseOptions): void {
  const { initdb, postgres } = reachableBinaries(user);
  for (const program of [initdb, postgres]) makeExecutable(program);
  const folder = mkdtempSync(join(tmpdir(), "holdpoint-initdb-"));
  const passwordFile = join(folder, "password");
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  own(folder, user);
  own(passwordFile, user);
  try {
    const args = [
      `--pgdata=${data}`,
      `--username=${superuser}`,
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
    ];
    args.push("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions");
    if (!durable) args.push("--no-sync");
    const program = programAs(user, initdb, args, data);
    const result = spawnSync(program.file, program.args, { ...program.user, encoding: "utf8", cwd: data });
    if (result.status !== 0) {
      throw new Error(
        `PostgreSQL could not create its data directory ${data}: ${result.error?.message ?? result.stderr.trim()}`,
      );
    }
  } catch (error) {
    for (const entry of readdirSync(data)) rmSync(join(data, entry), { recursive: true, force: true });
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function makeExecutable(program: string): void {
  try {
    chmodSync(program, 0o755);
  } catch {
    // A read-only or foreign installation: the files already have their mode, or starting says what is wrong.
  }
}
