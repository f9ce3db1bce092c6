import { spawnSync } from "node:child_process";
import { canReach } from "./system-user";
import type { SystemUser } from "./system-user";

export interface Program {
  file: string;
  args: string[];
  user: SystemUser;
}

/**
 * How to start a program as another user. When that user may not enter a folder on the way (a clone below `/root`),
 * the program is started through `setpriv`, which takes root's identity away and leaves it the right to pass folders.
 */
export function programAs(user: SystemUser, file: string, args: string[], workingPath: string): Program {
  if (user.uid === undefined || user.gid === undefined || (canReach(file, user) && canReach(workingPath, user)))
    return { file, args, user };
  const identity = [
    `--reuid=${user.uid}`,
    `--regid=${user.gid}`,
    "--clear-groups",
    "--inh-caps=+dac_override",
    "--ambient-caps=+dac_override",
  ];
  if (spawnSync("setpriv", [...identity, "true"]).status !== 0) {
    throw new Error(
      `PostgreSQL must not run as root, and its user may not enter ${workingPath}. ` +
        "Start Holdpoint as an ordinary user, or set HOLDPOINT_DATA_DIR to a folder that everybody may enter.",
    );
  }
  return { file: "setpriv", args: [...identity, file, ...args], user: {} };
}
