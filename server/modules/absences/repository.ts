import { prisma, type Prisma } from "@/server/db/client";
import type { OrganizationId } from "@/server/db/tenant";
import type { Transaction } from "@/server/db/transaction";

const columns = {
  id: true,
  userId: true,
  fromAt: true,
  untilAt: true,
  deputyId: true,
  workflowIds: true,
  limitAmount: true,
  limitCurrency: true,
  note: true,
  setBy: true,
} satisfies Prisma.AbsenceSelect;
export type AbsenceRow = Prisma.AbsenceGetPayload<{ select: typeof columns }>;

/** More are shown on no page. */
const mostListed = 1000;

function notOver(now: Date): Prisma.AbsenceWhereInput {
  return { endedAt: null, OR: [{ untilAt: null }, { untilAt: { gt: now } }] };
}

/** Those that last and those to come, earliest first. */
export function listAbsences(organizationId: OrganizationId, now: Date): Promise<AbsenceRow[]> {
  return prisma().absence.findMany({
    where: { organizationId, ...notOver(now) },
    orderBy: [{ fromAt: "asc" }, { id: "asc" }],
    take: mostListed,
    select: columns,
  });
}

/** The one of this person that shares a moment with this time, if there is one. */
export function findOverlapping(
  tx: Transaction,
  organizationId: OrganizationId,
  { userId, fromAt, untilAt }: Pick<AbsenceRow, "userId" | "fromAt" | "untilAt">,
): Promise<AbsenceRow | null> {
  return tx.absence.findFirst({
    where: {
      organizationId,
      userId,
      endedAt: null,
      ...(untilAt === null ? {} : { fromAt: { lt: untilAt } }),
      OR: [{ untilAt: null }, { untilAt: { gt: fromAt } }],
    },
    select: columns,
  });
}

export function countComing(
  tx: Transaction,
  organizationId: OrganizationId,
  userId: string,
  now: Date,
): Promise<number> {
  return tx.absence.count({ where: { organizationId, userId, ...notOver(now) } });
}

export function insertAbsence(
  tx: Transaction,
  absence: Omit<AbsenceRow, "limitAmount"> & { organizationId: OrganizationId; limitAmount: number | null },
): Promise<AbsenceRow> {
  return tx.absence.create({ data: absence, select: columns });
}

export function findAbsence(tx: Transaction, organizationId: OrganizationId, id: string): Promise<AbsenceRow | null> {
  return tx.absence.findFirst({ where: { organizationId, id }, select: columns });
}

/** False where it is over already. */
export async function endAbsence(
  tx: Transaction,
  organizationId: OrganizationId,
  id: string,
  now: Date,
): Promise<boolean> {
  const { count } = await tx.absence.updateMany({
    where: { organizationId, id, ...notOver(now) },
    data: { endedAt: now },
  });
  return count > 0;
}

/** Active members who may decide approvals. */
export async function mayBeDeputy(tx: Transaction, organizationId: OrganizationId, userId: string): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ may: boolean }[]>`
    select exists (select from people_asked_as(${organizationId}::uuid) p
      where p.user_id = ${userId}::uuid and p.role = any(answering_roles('approval'))) as may`;
  return row?.may === true;
}

/** By slug or by id; those in the trash are left out. */
export function findWorkflows(
  organizationId: OrganizationId,
  by: { slugs: readonly string[] } | { ids: readonly string[] },
): Promise<{ id: string; slug: string; name: string }[]> {
  return prisma().workflow.findMany({
    where: { organizationId, ...("slugs" in by ? { slug: { in: [...by.slugs] } } : { id: { in: [...by.ids] } }) },
    select: { id: true, slug: true, name: true },
  });
}

/** A notice and, where the deputy wants it, a mail. */
export async function tellDeputy(
  tx: Transaction,
  organizationId: OrganizationId,
  facts: { userId: string; from: string; headline: string; subject: string; body: string },
): Promise<void> {
  await tx.$queryRaw`select tell_deputy(${organizationId}::uuid, ${JSON.stringify(facts)}::jsonb)::text`;
}
