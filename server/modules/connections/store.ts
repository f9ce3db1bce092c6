import type { Pool } from "pg";
import type { ConnectionRecord } from "@/server/integrations/connections-port";

/** A change of a connection reaches running steps within this time, ms. */
const freshMs = 1000;

/** Reads connections for steps: the hot path asks for the same few all the time. */
export function createConnectionLoader(
  pool: Pool,
): (organizationId: string, slug: string) => Promise<ConnectionRecord | null> {
  const cache = new Map<string, { readAt: number; record: Promise<ConnectionRecord | null> }>();
  return (organizationId, slug) => {
    const key = `${organizationId}/${slug}`;
    const known = cache.get(key);
    if (known && Date.now() - known.readAt < freshMs) return known.record;
    const record = readConnection(pool, organizationId, slug);
    cache.set(key, { readAt: Date.now(), record });
    record.catch(() => cache.delete(key));
    if (cache.size > 1000) cache.delete(cache.keys().next().value ?? key);
    return record;
  };
}

async function readConnection(pool: Pool, organizationId: string, slug: string): Promise<ConnectionRecord | null> {
  const { rows } = await pool.query<ConnectionRecord>({
    name: "connection_load",
    text: `select id, organization_id as "organizationId", slug, connector, base_url as "baseUrl", auth_type as "authType", secret_sealed as "secretSealed",
           is_live as "isLive"
           from connections where organization_id = $1 and slug = $2`,
    values: [organizationId, slug],
  });
  return rows[0] ?? null;
}
