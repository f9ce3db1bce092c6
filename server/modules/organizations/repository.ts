import { prisma } from "@/server/db/client";
import type { OrganizationId } from "@/server/db/tenant";

export function findOrganization(
  organizationId: OrganizationId,
): Promise<{ id: string; slug: string; name: string; isDemo: boolean } | null> {
  return prisma().organization.findUnique({
    where: { id: organizationId },
    select: { id: true, slug: true, name: true, isDemo: true },
  });
}
