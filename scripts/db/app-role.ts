import { Client } from "pg";

/** The role that the product runs as on the embedded database, and in the examples. */
export const appRole = "holdpoint_app";

/** Tables of which the product may write new lines and change none. */
const appendOnly = ["audit_entries", "audit_seals"];

/** Creates the product's role on a cluster, or gives it this password. */
export async function ensureAppRole(adminUrl: string, password: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query("select 1 from pg_roles where rolname = $1", [appRole]);
    await client.query(
      `${rowCount === 0 ? "create" : "alter"} role ${appRole} login nosuperuser nocreatedb nocreaterole noreplication nobypassrls password ${client.escapeLiteral(password)}`,
    );
  } finally {
    await client.end();
  }
}

/** Lets a role work with everything of this database's schema and change none of it; right after each migrate, as its owner. */
export async function grantToApp(client: Client, role: string): Promise<void> {
  const name = client.escapeIdentifier(role);
  const { rowCount } = await client.query("select 1 from pg_roles where rolname = $1", [role]);
  if (rowCount === 0)
    throw new Error(
      `The database has no role "${role}", which DATABASE_URL names. Create it (create role ${name} login password …), then start again.`,
    );
  const statements = [
    // PostgreSQL 14 lets everybody create tables.
    "revoke create on schema public from public",
    `revoke create on schema public from ${name}`,
    `grant usage on schema public to ${name}`,
    `grant select, insert, update, delete on all tables in schema public to ${name}`,
    `grant usage, select on all sequences in schema public to ${name}`,
    `grant execute on all functions in schema public to ${name}`,
    `revoke insert, update, delete on _prisma_migrations from ${name}`,
    `revoke update, delete, truncate on ${appendOnly.join(", ")} from ${name}`,
    // What is made between two migrates is for it, too.
    `alter default privileges in schema public grant select, insert, update, delete on tables to ${name}`,
    `alter default privileges in schema public grant usage, select on sequences to ${name}`,
    `alter default privileges in schema public grant execute on functions to ${name}`,
  ];
  await client.query(statements.join(";\n"));
}
