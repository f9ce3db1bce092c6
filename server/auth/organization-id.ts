import type { OrganizationId } from "@/server/db/tenant";
import { requireOpen } from "./demo-organizations";

/**
 * Used by the gates in this folder and the seed only: whoever calls it vouches that the caller belongs to the organization.
 * Throws `forbidden` when nobody is let into it.
 */
export function admitTo(organizationId: string): OrganizationId {
  requireOpen(organizationId);
  // The one place where the brand is put on.
  return organizationId as OrganizationId;
}
