import { chownSync, lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { SystemUser } from "./system-user";

/** Gives a file to the user that PostgreSQL runs as, when that is not us. */
export function own(path: string, user: SystemUser): void {
  if (user.uid !== undefined && user.gid !== undefined) chownSync(path, user.uid, user.gid);
}

/** The same for a folder and everything in it, when something in it is not that user's: a backup that root has copied back. */
export function ownTree(folder: string, user: SystemUser): void {
  own(folder, user);
  const inside = readdirSync(folder).map((name) => join(folder, name));
  if (user.uid === undefined || inside.every((path) => lstatSync(path).uid === user.uid)) return;
  for (const path of readdirSync(folder, { recursive: true, encoding: "utf8" })) own(join(folder, path), user);
}
