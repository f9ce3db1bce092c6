import { logger } from "@/server/logger";
import { hotPool } from "./pools";

/** What the product says of itself when its database role may do more than it needs; undefined when it may not. */
export async function ownerRoleWarning(): Promise<string | undefined> {
  const { rows } = await hotPool().query<{ superuser: boolean; owner: boolean }>(
    `select r.rolsuper as superuser,
        exists (select 1 from pg_tables t
          where t.schemaname = current_schema() and t.tablename = 'audit_entries' and pg_has_role(t.tableowner, 'usage')) as owner
      from pg_roles r where r.rolname = current_user`,
  );
  const [role] = rows;
  if (!role?.superuser && !role?.owner) return undefined;
  return (
    `The product works in the database as ${role.superuser ? "a superuser" : "the owner of its tables"}, who can also change the audit log. ` +
    "Set DATABASE_URL to a role of its own and HOLDPOINT_MIGRATION_DATABASE_URL to the owner (docs/operations.md)."
  );
}

/** Says it in the log when a process starts; a database that cannot be reached is found by others. */
export async function warnOfOwnerRole(): Promise<void> {
  const warning = await ownerRoleWarning().catch(() => undefined);
  if (warning !== undefined) logger().warn(warning);
}
