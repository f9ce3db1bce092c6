import { chownSync } from "node:fs";
import type { SystemUser } from "./system-user";

/** Gives a file to the user that PostgreSQL runs as, when that is not us. */
export function own(path: string, user: SystemUser): void {
  if (user.uid !== undefined && user.gid !== undefined) chownSync(path, user.uid, user.gid);
}
