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

/** `search`: text in the name, the address or the number; empty: all. */
export function listContacts(
  organizationId: OrganizationId,
  page: Slice<TimePosition>,
  search = "",
): Promise<ContactRow[]> {
  const holds = { contains: search.replace(/[\\%_]/g, (sign) => `\\${sign}`), mode: "insensitive" } as const;
  const found = search === "" ? {} : { OR: [{ name: holds }, { email: holds }, { phone: holds }] };
  return prisma().contact.findMany({
    where: { organizationId, AND: [createdBefore(page.after), found] },
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

/** False when it is not there. */
export async function updateContact(
  tx: Transaction,
  { organizationId, id }: { organizationId: OrganizationId; id: string },
  data: { name: string; email: string | null; phone: string | null },
): Promise<boolean> {
  const { count } = await tx.contact.updateMany({ where: { organizationId, id }, data });
  return count === 1;
}
