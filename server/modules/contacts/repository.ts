import type { JsonObject } from "@/core/json";
import { prisma, type Prisma } from "@/server/db/client";
import { createdBefore, type Slice, type TimePosition } from "@/server/db/slice";
import type { OrganizationId } from "@/server/db/tenant";
import type { Transaction } from "@/server/db/transaction";

const columns = { id: true, name: true, email: true, phone: true, plan: true, data: true, createdAt: true } as const;
export type ContactRow = Prisma.ContactGetPayload<{ select: typeof columns }>;

export interface NewContact {
  id: string;
  organizationId: OrganizationId;
  name: string;
  email: string | null;
  phone: string | null;
  plan: string | null;
  data: JsonObject;
}

export function listContacts(organizationId: OrganizationId, page: Slice<TimePosition>): Promise<ContactRow[]> {
  return prisma().contact.findMany({
    where: { organizationId, ...createdBefore(page.after) },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: page.limit,
    skip: page.offset,
    select: columns,
  });
}

export function findContact(
  organizationId: OrganizationId,
  by: { id: string } | { email: string },
): Promise<ContactRow | null> {
  return prisma().contact.findFirst({ where: { organizationId, ...by }, select: columns });
}

/** False when the organization has a contact with this e-mail address already. */
export async function insertContact(tx: Transaction, contact: NewContact): Promise<boolean> {
  const { count } = await tx.contact.createMany({ data: [contact], skipDuplicates: true });
  return count === 1;
}
