import type { Pool } from "pg";
import type { ConnectionRecord } from "@/server/integrations/connections-port";

/**
 * Reads connections for steps, anew for each call: credentials that were changed because the old ones leaked or ended may not
 * be used once more, in no process. One look-up by key beside a call to a service.
 */
export function createConnectionLoader(
  pool: Pool,
): (organizationId: string, slug: string) => Promise<ConnectionRecord | null> {
  return (organizationId, slug) => readConnection(pool, organizationId, slug);
}

async function readConnection(pool: Pool, organizationId: string, slug: string): Promise<ConnectionRecord | null> {
  const { rows } = await pool.query<ConnectionRecord>({
    name: "connection_load",
    text: `select id, organization_id as "organizationId", slug, connector, base_url as "baseUrl", auth_type as "authType", secret_sealed as "secretSealed",
           is_live as "isLive", record_bodies as "recordBodies"
           from connections where organization_id = $1 and slug = $2`,
    values: [organizationId, slug],
  });
  return rows[0] ?? null;
}
