import { prisma, type Prisma } from "@/server/db/client";
import type { OrganizationId } from "@/server/db/tenant";
import { createdBefore, type Slice, type TimePosition } from "@/server/db/slice";
import type { Transaction } from "@/server/db/transaction";

const columns = { id: true, url: true, events: true, disabledAt: true, createdAt: true } as const;
export type SubscriptionRow = Prisma.WebhookSubscriptionGetPayload<{ select: typeof columns }>;

const deliveryColumns = {
  id: true,
  subject: true,
  address: true,
  runId: true,
  stepKey: true,
  status: true,
  attempts: true,
  lastError: true,
  payload: true,
  response: true,
  createdAt: true,
  deliveredAt: true,
} as const;
export type WebhookDeliveryRow = Prisma.DeliveryGetPayload<{ select: typeof deliveryColumns }>;

export function listSubscriptions(
  organizationId: OrganizationId,
  page: Slice<TimePosition>,
): Promise<SubscriptionRow[]> {
  return prisma().webhookSubscription.findMany({
    where: { organizationId, ...createdBefore(page.after) },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: page.limit,
    skip: page.offset,
    select: columns,
  });
}

export function findSubscription(organizationId: OrganizationId, id: string): Promise<SubscriptionRow | null> {
  return prisma().webhookSubscription.findFirst({ where: { organizationId, id }, select: columns });
}

export function insertSubscription(
  tx: Transaction,
  row: { id: string; organizationId: OrganizationId; url: string; events: string[]; secretSealed: string },
): Promise<SubscriptionRow> {
  return tx.webhookSubscription.create({ data: row, select: columns });
}

/** Another one to the same address for the same events, which would be sent everything twice. */
export async function findTwin(
  organizationId: OrganizationId,
  { url, events }: { url: string; events: readonly string[] },
): Promise<{ id: string } | null> {
  const rows = await prisma().webhookSubscription.findMany({
    where: { organizationId, url, events: { hasEvery: [...events] } },
    select: { id: true, events: true },
  });
  return rows.find((row) => row.events.length === events.length) ?? null;
}

/** The secret that signs now, as it is kept. */
export function findSecret(organizationId: OrganizationId, id: string): Promise<{ secretSealed: string } | null> {
  return prisma().webhookSubscription.findFirst({ where: { organizationId, id }, select: { secretSealed: true } });
}

export async function insertDelivery(
  tx: Transaction,
  row: {
    id: string;
    organizationId: OrganizationId;
    subscriptionId: string;
    address: string;
    subject: string;
    payload: Prisma.InputJsonValue;
  },
): Promise<WebhookDeliveryRow> {
  return tx.delivery.create({
    data: { ...row, kind: "webhook", channel: "webhook", body: "" },
    select: deliveryColumns,
  });
}

/** False when it is gone or, with `read`, not any more what was read. */
export async function updateSubscription(
  tx: Transaction,
  organizationId: OrganizationId,
  id: string,
  fields: {
    url?: string;
    events?: string[];
    disabledAt?: Date | null;
    secretSealed?: string;
    previousSealed?: string;
    previousUntil?: Date;
  },
  read?: Pick<SubscriptionRow, "url" | "events" | "disabledAt">,
): Promise<boolean> {
  const asRead = read && { url: read.url, events: { equals: read.events }, disabledAt: read.disabledAt };
  const { count } = await tx.webhookSubscription.updateMany({ where: { organizationId, id, ...asRead }, data: fields });
  return count === 1;
}

export async function deleteSubscription(
  tx: Transaction,
  organizationId: OrganizationId,
  id: string,
): Promise<boolean> {
  const { count } = await tx.webhookSubscription.deleteMany({ where: { organizationId, id } });
  return count === 1;
}

export function listDeliveries(
  organizationId: OrganizationId,
  subscriptionId: string,
  page: Slice<TimePosition>,
): Promise<WebhookDeliveryRow[]> {
  return prisma().delivery.findMany({
    where: { organizationId, subscriptionId, ...createdBefore(page.after) },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: page.limit,
    skip: page.offset,
    select: deliveryColumns,
  });
}

export function findDelivery(
  organizationId: OrganizationId,
  subscriptionId: string,
  id: string,
): Promise<WebhookDeliveryRow | null> {
  return prisma().delivery.findFirst({ where: { organizationId, subscriptionId, id }, select: deliveryColumns });
}
