import { idleDays } from "@/server/auth/session-store";
import { prisma, type Prisma } from "@/server/db/client";
import type { OrganizationId } from "@/server/db/tenant";
import type { Transaction } from "@/server/db/transaction";

const columns = {
  id: true,
  device: true,
  address: true,
  createdAt: true,
  seenAt: true,
  expiresAt: true,
} as const;
export type SessionRow = Prisma.UserSessionGetPayload<{ select: typeof columns }>;

const dayMs = 24 * 60 * 60_000;
const mostShown = 200;

/** Neither ended nor too old nor idle. */
function open(now: number) {
  return { endedAt: null, expiresAt: { gt: new Date(now) }, seenAt: { gt: new Date(now - idleDays * dayMs) } };
}

/** A person's own, the one that was used last first. */
export function listOpen(userId: string): Promise<SessionRow[]> {
  return prisma().userSession.findMany({
    where: { userId, ...open(Date.now()) },
    orderBy: [{ seenAt: "desc" }, { id: "desc" }],
    take: mostShown,
    select: columns,
  });
}

/** Ends open sessions of a person; answers how many. `only`: just this one. `except`: all but this one. */
export async function endOpen(
  tx: Transaction,
  userId: string,
  which: { only?: string; except?: string; organizationId?: OrganizationId } = {},
): Promise<number> {
  const { only, except, organizationId } = which;
  const id = { ...(only === undefined ? {} : { equals: only }), ...(except === undefined ? {} : { not: except }) };
  const { count } = await tx.userSession.updateMany({
    where: { userId, id, ...(organizationId === undefined ? {} : { organizationId }), ...open(Date.now()) },
    data: { endedAt: new Date() },
  });
  return count;
}

export async function noteProof(userId: string, sessionId: string): Promise<void> {
  await prisma().userSession.updateMany({ where: { id: sessionId, userId }, data: { provenAt: new Date() } });
}

export async function isMember(organizationId: OrganizationId, userId: string): Promise<boolean> {
  return (await prisma().membership.count({ where: { organizationId, userId } })) === 1;
}

export async function readPasswordHash(userId: string): Promise<string | null> {
  const user = await prisma().user.findUnique({ where: { id: userId }, select: { passwordHash: true } });
  return user?.passwordHash ?? null;
}

/** False when it was changed in the meantime. Browsers that knew the old one are strangers again. */
export async function writePasswordHash(
  tx: Transaction,
  userId: string,
  hash: { from: string | null; to: string },
): Promise<boolean> {
  const { count } = await tx.user.updateMany({
    where: { id: userId, passwordHash: hash.from },
    data: { passwordHash: hash.to },
  });
  await tx.knownDevice.deleteMany({ where: { userId } });
  return count === 1;
}
