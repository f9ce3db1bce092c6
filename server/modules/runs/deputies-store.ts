import { hotPool } from "@/server/db/pools";
import type { OrganizationId } from "@/server/db/tenant";

/** Somebody who may answer something in the name of a member who is away. */
export interface Deputy {
  /** Of what is asked. */
  id: string;
  /** User ids. */
  from: string;
  to: string;
  /** When that person is back; null where nobody knows. */
  until: Date | null;
}

/** Who may answer these now because somebody is away (prisma/functions/19-stand-ins.sql). */
export async function findDeputies(organizationId: OrganizationId, ids: readonly string[]): Promise<Deputy[]> {
  if (ids.length === 0) return [];
  const { rows } = await hotPool().query<Deputy>({
    name: "deputies",
    text: `select id, from_id as "from", to_id as "to", until_at as until from deputies($1, $2) order by id, from_id, to_id`,
    values: [organizationId, [...ids]],
  });
  return rows;
}
