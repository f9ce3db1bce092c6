import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { dirname, resolve } from "node:path";

export interface SystemUser {
  uid?: number;
  gid?: number;
}

/**
 * PostgreSQL refuses to run as root. As root we use the system's `postgres` user, create it when it is missing, and fall
 * back to `nobody` where no user can be created. Anyone else runs it as themselves.
 */
export function postgresSystemUser(): SystemUser {
  if (process.getuid?.() !== 0) return {};
  return lookUp("postgres") ?? createUser() ?? lookUp("nobody") ?? refuse();
}

function lookUp(name: string): SystemUser | undefined {
  const ids = ["-u", "-g"].map((flag) => {
    const found = spawnSync("id", [flag, name], { encoding: "utf8" });
    return found.status === 0 ? Number.parseInt(found.stdout, 10) : Number.NaN;
  });
  const [uid, gid] = ids;
  return uid === undefined || gid === undefined || Number.isNaN(uid) || Number.isNaN(gid) ? undefined : { uid, gid };
}

function createUser(): SystemUser | undefined {
  spawnSync("useradd", ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", "postgres"]);
  return lookUp("postgres");
}

/** Whether the user can reach a path: every folder above it lets others (or the user) pass. */
export function canReach(path: string, { uid, gid }: SystemUser): boolean {
  if (uid === undefined) return true;
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    const { mode, uid: owner, gid: group } = statSync(folder);
    const bit = owner === uid ? 0o100 : group === gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

function refuse(): never {
  throw new Error(
    "PostgreSQL cannot run as root and no other user exists here. Start as an ordinary user or set DATABASE_URL.",
  );
}
