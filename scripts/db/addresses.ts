import { appRole } from "./app-role";

/** Two roles of one database. */
export interface DatabaseAddresses {
  /** Owns the tables and functions: migrates. */
  owner: string;
  /** What web and worker use. The same as `owner` where an operator gives one address only. */
  app: string;
}

/** A database of one's own: `DATABASE_URL` for the product and, where it is another role, `HOLDPOINT_MIGRATION_DATABASE_URL` for its owner. */
export function ownDatabase(): DatabaseAddresses | undefined {
  const app = process.env.DATABASE_URL;
  if (!app) return undefined;
  return { owner: process.env.HOLDPOINT_MIGRATION_DATABASE_URL || app, app };
}

/** The role that needs rights of its own; undefined when owner and product are the same. */
export function roleToGrant({ owner, app }: DatabaseAddresses): string | undefined {
  const role = roleOf(app);
  return role === roleOf(owner) ? undefined : role;
}

function roleOf(address: string): string {
  return decodeURIComponent(new URL(address).username) || appRole;
}
