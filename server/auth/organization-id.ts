import type { OrganizationId } from "@/server/db/tenant";

/** Used by the gates in this folder and the seed only: whoever calls it vouches that the caller belongs to the organization. */
export function admitTo(organizationId: string): OrganizationId {
  // The one place where the brand is put on.
  return organizationId as OrganizationId;
}
