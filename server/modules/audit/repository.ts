import { prisma } from "@/server/db/client";
import type { OrganizationId } from "@/server/db/tenant";

export interface AuditRow {
  id: bigint;
  at: Date;
  actor: unknown;
  action: string;
  subjectType: string;
  subjectId: string;
  data: unknown;
}

export interface AuditFilter {
  before: bigint | null;
  subjectType?: string | undefined;
  subjectId?: string | undefined;
  action?: string | undefined;
  limit: number;
  offset: number;
}

/** Newest first. */
export function findEntries(
  organizationId: OrganizationId,
  { before, subjectType, subjectId, action, limit, offset }: AuditFilter,
): Promise<AuditRow[]> {
  return prisma().auditEntry.findMany({
    where: {
      organizationId,
      ...(before === null ? {} : { id: { lt: before } }),
      ...(subjectType === undefined ? {} : { subjectType }),
      ...(subjectId === undefined ? {} : { subjectId }),
      ...(action === undefined ? {} : { action }),
    },
    orderBy: { id: "desc" },
    take: limit,
    skip: offset,
    select: { id: true, at: true, actor: true, action: true, subjectType: true, subjectId: true, data: true },
  });
}
