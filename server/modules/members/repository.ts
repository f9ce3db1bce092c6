import { prisma } from "@/server/db/client";
import type { OrganizationId } from "@/server/db/tenant";

export interface MembershipRow {
  role: string;
  businessRoles: string[];
  user: { id: string; name: string; email: string; deactivatedAt: Date | null };
}

export interface TeamRow {
  id: string;
  slug: string;
  name: string;
  memberIds: string[];
}

export function findMemberships(organizationId: OrganizationId): Promise<MembershipRow[]> {
  return prisma().membership.findMany({
    where: { organizationId },
    orderBy: [{ user: { name: "asc" } }, { userId: "asc" }],
    select: {
      role: true,
      businessRoles: true,
      user: { select: { id: true, name: true, email: true, deactivatedAt: true } },
    },
  });
}

export function findTeams(organizationId: OrganizationId): Promise<TeamRow[]> {
  return prisma().team.findMany({
    where: { organizationId },
    orderBy: { name: "asc" },
    select: { id: true, slug: true, name: true, memberIds: true },
  });
}
