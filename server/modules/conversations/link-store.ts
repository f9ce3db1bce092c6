import { hotPool } from "@/server/db/pools";
import type { OrganizationId } from "@/server/db/tenant";

/** A member has the link of this conversation from now on, and is named once. */
export async function noteLinkKnown(organizationId: OrganizationId, id: string, userId: string): Promise<void> {
  await hotPool().query({
    name: "note_link_known",
    text: `update conversations set link_known_to = array_append(link_known_to, $3)
      where organization_id = $1 and id = $2 and $3 <> all(link_known_to)`,
    values: [organizationId, id, userId],
  });
}
