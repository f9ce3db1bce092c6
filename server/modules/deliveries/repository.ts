import { prisma, type Prisma } from "@/server/db/client";
import type { OrganizationId } from "@/server/db/tenant";
import type { Transaction } from "@/server/db/transaction";

const columns = {
  id: true,
  organizationId: true,
  runId: true,
  kind: true,
  channel: true,
  address: true,
  subject: true,
  body: true,
  payload: true,
  subscriptionId: true,
  status: true,
  attempts: true,
  lastError: true,
  response: true,
  createdAt: true,
  deliveredAt: true,
} as const;

export type DeliveryRow = Prisma.DeliveryGetPayload<{ select: typeof columns }>;

/** By id alone: the worker acts for whichever organization the delivery belongs to. */
export function findDelivery(id: string): Promise<DeliveryRow | null> {
  return prisma().delivery.findUnique({ where: { id }, select: columns });
}

export function findOwnDelivery(organizationId: OrganizationId, id: string): Promise<DeliveryRow | null> {
  return prisma().delivery.findFirst({ where: { organizationId, id }, select: columns });
}

/** What signs a subscription's deliveries. */
export interface SigningRow {
  url: string;
  secretSealed: string;
  previousSealed: string | null;
  previousUntil: Date | null;
  disabledAt: Date | null;
}

export function findSubscription(organizationId: string, id: string): Promise<SigningRow | null> {
  return prisma().webhookSubscription.findFirst({
    where: { organizationId, id },
    select: { url: true, secretSealed: true, previousSealed: true, previousUntil: true, disabledAt: true },
  });
}

export interface TryRecord {
  status: string;
  /** Where it went. */
  address: string;
  lastError: string | null;
  response: Prisma.InputJsonValue | null;
  deliveredAt: Date | null;
}

export async function recordTry(tx: Transaction, id: string, { response, ...fields }: TryRecord): Promise<void> {
  await tx.delivery.updateMany({
    where: { id },
    data: { ...fields, attempts: { increment: 1 }, ...(response === null ? {} : { response }) },
  });
}

/** Whether it was in one of these states, and is now to be sent again. */
export async function reopenDelivery(
  tx: Transaction,
  organizationId: OrganizationId,
  id: string,
  from: string[],
): Promise<boolean> {
  const { count } = await tx.delivery.updateMany({
    where: { organizationId, id, status: { in: from } },
    data: { status: "pending", lastError: null },
  });
  return count === 1;
}

/** When the current row of failures of a subscription began; null when its latest news is good. */
export async function failingSince(tx: Transaction, subscriptionId: string): Promise<Date | null> {
  const good = await tx.delivery.findFirst({
    where: { subscriptionId, status: "delivered" },
    orderBy: { createdAt: "desc" },
    select: { createdAt: true },
  });
  const bad = await tx.delivery.findFirst({
    where: {
      subscriptionId,
      status: { in: ["dead", "failed"] },
      ...(good ? { createdAt: { gt: good.createdAt } } : {}),
    },
    orderBy: { createdAt: "asc" },
    select: { createdAt: true },
  });
  return bad?.createdAt ?? null;
}

/** False when it was switched off already. */
export async function disableSubscription(
  tx: Transaction,
  organizationId: string,
  id: string,
  at: Date,
): Promise<boolean> {
  const { count } = await tx.webhookSubscription.updateMany({
    where: { organizationId, id, disabledAt: null },
    data: { disabledAt: at },
  });
  return count === 1;
}

/** Messages on people's channels, newest first. */
export function listMessages(organizationId: OrganizationId, limit: number): Promise<DeliveryRow[]> {
  return prisma().delivery.findMany({
    where: { organizationId, kind: "message" },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: limit,
    select: columns,
  });
}
