import { prisma, type Prisma } from "@/server/db/client";
import type { OrganizationId } from "@/server/db/tenant";
import type { Transaction } from "@/server/db/transaction";

const columns = {
  id: true,
  subjectType: true,
  subjectId: true,
  reason: true,
  placedBy: true,
  placedAt: true,
  liftedAt: true,
} satisfies Prisma.LegalHoldSelect;
export type HoldRow = Prisma.LegalHoldGetPayload<{ select: typeof columns }>;

export function listHolds(organizationId: OrganizationId): Promise<HoldRow[]> {
  return prisma().legalHold.findMany({
    where: { organizationId },
    orderBy: { placedAt: "desc" },
    take: 500,
    select: columns,
  });
}

export function insertHold(
  tx: Transaction,
  hold: Pick<HoldRow, "id" | "subjectType" | "subjectId" | "reason" | "placedBy"> & { organizationId: OrganizationId },
): Promise<HoldRow> {
  return tx.legalHold.create({ data: hold, select: columns });
}

/** Null when there is none of this id that lasts. */
export async function liftHold(tx: Transaction, organizationId: OrganizationId, id: string): Promise<HoldRow | null> {
  const { count } = await tx.legalHold.updateMany({
    where: { organizationId, id, liftedAt: null },
    data: { liftedAt: new Date() },
  });
  return count === 0 ? null : tx.legalHold.findFirst({ where: { organizationId, id }, select: columns });
}

export async function findMinimum(organizationId: OrganizationId, tx: Transaction = prisma()): Promise<number> {
  const row = await tx.organization.findUniqueOrThrow({
    where: { id: organizationId },
    select: { minimumRetentionDays: true },
  });
  return row.minimumRetentionDays;
}

export async function updateMinimum(tx: Transaction, organizationId: OrganizationId, days: number): Promise<void> {
  await tx.organization.update({
    where: { id: organizationId },
    data: { minimumRetentionDays: days },
    select: { id: true },
  });
}

/** Also of one that lies in the trash: what is to be kept is what others want to be rid of. */
export function findWorkflow(organizationId: OrganizationId, id: string): Promise<{ id: string } | null> {
  return prisma().workflow.findFirst({ where: { organizationId, id }, select: { id: true } });
}

/** Runs of a workflow that may not be deleted yet, and whether a hold is one of the reasons. */
export async function countKept(
  organizationId: OrganizationId,
  workflowId: string,
  now: Date,
): Promise<{ runs: number; held: number }> {
  const [row] = await prisma().$queryRaw<{ runs: number; held: number }[]>`
    select count(*)::int as runs, (count(*) filter (where run_is_held(r.organization_id, r.workflow_id, r.id)))::int as held
    from runs r
    where r.organization_id = ${organizationId}::uuid and r.workflow_id = ${workflowId}::uuid and not r.test
      and run_is_kept(r, ${now}::timestamptz)`;
  return row ?? { runs: 0, held: 0 };
}
