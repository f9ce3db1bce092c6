import { newId } from "@/core/ids";
import { hotPool } from "@/server/db/pools";

/** Connections of the demo services, as far as validation looks at them. */
export async function insertTestConnections(organizationId: string, slugs: readonly string[]): Promise<void> {
  for (const slug of slugs) {
    await hotPool().query(
      "insert into connections (id, organization_id, slug, connector, name, base_url, auth_type, updated_at) values ($1, $2, $3, 'http', $3, 'http://127.0.0.1:9', 'none', now())",
      [newId(), organizationId, slug],
    );
  }
}
