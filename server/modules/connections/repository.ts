import { prisma } from "@/server/db/client";
import type { Slice } from "@/server/db/slice";
import type { OrganizationId } from "@/server/db/tenant";
import type { Transaction } from "@/server/db/transaction";

export interface ConnectionRow {
  id: string;
  organizationId: string;
  slug: string;
  connector: string;
  name: string;
  baseUrl: string;
  authType: string;
  secretSealed: string | null;
  isLive: boolean;
  recordBodies: boolean;
  createdAt: Date;
  updatedAt: Date;
}

export type ConnectionFields = Pick<
  ConnectionRow,
  "connector" | "name" | "baseUrl" | "authType" | "secretSealed" | "isLive" | "recordBodies"
>;

const columns = {
  id: true,
  organizationId: true,
  slug: true,
  connector: true,
  name: true,
  baseUrl: true,
  authType: true,
  secretSealed: true,
  isLive: true,
  recordBodies: true,
  createdAt: true,
  updatedAt: true,
} as const;

export function listConnections(
  organizationId: OrganizationId,
  page: Slice<{ slug: string }>,
): Promise<ConnectionRow[]> {
  return prisma().connection.findMany({
    where: { organizationId, ...(page.after ? { slug: { gt: page.after.slug } } : {}) },
    orderBy: { slug: "asc" },
    take: page.limit,
    skip: page.offset,
    select: columns,
  });
}

export function findConnection(
  organizationId: OrganizationId,
  by: { id: string } | { slug: string },
): Promise<ConnectionRow | null> {
  return prisma().connection.findFirst({ where: { organizationId, ...by }, select: columns });
}

/** Null when the slug is taken. */
export async function insertConnection(
  tx: Transaction,
  row: ConnectionFields & { id: string; organizationId: OrganizationId; slug: string },
): Promise<ConnectionRow | null> {
  const { count } = await tx.connection.createMany({ data: [row], skipDuplicates: true });
  return count === 1 ? tx.connection.findUniqueOrThrow({ where: { id: row.id }, select: columns }) : null;
}

/** Null when it was deleted or changed since it was read. */
export async function updateConnection(
  tx: Transaction,
  read: ConnectionRow,
  organizationId: OrganizationId,
  fields: Partial<ConnectionFields>,
): Promise<ConnectionRow | null> {
  const { count } = await tx.connection.updateMany({
    where: { organizationId, id: read.id, updatedAt: read.updatedAt },
    data: fields,
  });
  return count === 1 ? tx.connection.findUniqueOrThrow({ where: { id: read.id }, select: columns }) : null;
}

export async function deleteConnection(tx: Transaction, organizationId: OrganizationId, id: string): Promise<boolean> {
  const { count } = await tx.connection.deleteMany({ where: { organizationId, id } });
  return count === 1;
}

/** Specs of what is live: published versions of workflows that are not retired or archived. */
export async function findPublishedSpecs(organizationId: OrganizationId): Promise<{ slug: string; spec: unknown }[]> {
  return prisma().$queryRaw`
    select w.slug, v.spec from workflows w
    join workflow_versions v on v.workflow_id = w.id and v.number = w.published_version
    where w.organization_id = ${organizationId}::uuid and w.status <> 'retired' and w.archived_at is null`;
}
