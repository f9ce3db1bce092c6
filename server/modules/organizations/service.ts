import type { OrganizationItem } from "@/core/contracts/member";
import { AppError } from "@/core/errors";
import type { Actor } from "@/server/db/tenant";
import { findOrganization } from "./repository";

/** The organization the caller acts in. */
export async function getOrganization(actor: Actor): Promise<OrganizationItem> {
  const row = await findOrganization(actor.organizationId);
  if (!row) throw new AppError("not_found", "This organization does not exist any more.");
  return { id: row.id, slug: row.slug, name: row.name, is_demo: row.isDemo };
}
