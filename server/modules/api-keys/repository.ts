import { prisma } from "@/server/db/client";
import { createdBefore, type Slice, type TimePosition } from "@/server/db/slice";
import type { OrganizationId } from "@/server/db/tenant";
import type { Transaction } from "@/server/db/transaction";

export interface ApiKeyRow {
  id: string;
  userId: string;
  name: string;
  hint: string;
  scopes: string[];
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  createdAt: Date;
}

export interface NewApiKey extends Pick<ApiKeyRow, "id" | "userId" | "name" | "hint" | "scopes" | "expiresAt"> {
  organizationId: OrganizationId;
  keyHash: string;
}

const columns = {
  id: true,
  userId: true,
  name: true,
  hint: true,
  scopes: true,
  expiresAt: true,
  lastUsedAt: true,
  createdAt: true,
} as const;

export function insertKey(tx: Transaction, key: NewApiKey): Promise<ApiKeyRow> {
  return tx.apiKey.create({ data: key, select: columns });
}

/** Living keys, newest first; `userId` null: of everybody. */
export function listKeys(
  organizationId: OrganizationId,
  userId: string | null,
  page: Slice<TimePosition>,
): Promise<ApiKeyRow[]> {
  return prisma().apiKey.findMany({
    where: { organizationId, revokedAt: null, ...(userId === null ? {} : { userId }), ...createdBefore(page.after) },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: page.limit,
    skip: page.offset,
    select: columns,
  });
}

export function findKey(organizationId: OrganizationId, id: string): Promise<ApiKeyRow | null> {
  return prisma().apiKey.findFirst({ where: { organizationId, id, revokedAt: null }, select: columns });
}

/** False when it was revoked in the meantime. */
export async function revokeKey(tx: Transaction, organizationId: OrganizationId, id: string): Promise<boolean> {
  const { count } = await tx.apiKey.updateMany({
    where: { organizationId, id, revokedAt: null },
    data: { revokedAt: new Date() },
  });
  return count === 1;
}
