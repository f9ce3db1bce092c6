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
  address: string | null;
  auth: string | null;
  payloadHash: string | null;
}

export interface AuditFilter {
  before: bigint | null;
  subjectType?: string | undefined;
  subjectId?: string | undefined;
  action?: string | undefined;
  actor?: string | undefined;
  since?: Date | undefined;
  until?: Date | undefined;
  limit: number;
  offset: number;
}

/** Newest first. */
export function findEntries(
  organizationId: OrganizationId,
  { before, subjectType, subjectId, action, actor, since, until, limit, offset }: AuditFilter,
): Promise<AuditRow[]> {
  return prisma().auditEntry.findMany({
    where: {
      organizationId,
      ...(before === null ? {} : { id: { lt: before } }),
      ...(subjectType === undefined ? {} : { subjectType }),
      ...(subjectId === undefined ? {} : { subjectId }),
      ...(action === undefined ? {} : { action }),
      ...(actor === undefined ? {} : { actor: { path: ["id"], equals: actor } }),
      at: { ...(since === undefined ? {} : { gte: since }), ...(until === undefined ? {} : { lt: until }) },
    },
    orderBy: { id: "desc" },
    take: limit,
    skip: offset,
    select: {
      id: true,
      at: true,
      actor: true,
      action: true,
      subjectType: true,
      subjectId: true,
      data: true,
      address: true,
      auth: true,
      payloadHash: true,
    },
  });
}
