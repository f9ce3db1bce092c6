import type { JsonObject } from "@/core/json";
import type { OrganizationId } from "@/server/db/tenant";
import type { Transaction } from "@/server/db/transaction";

/** Keeps an event together with whatever else the transaction writes. False when this id came before under this name. */
export async function insertEventWith(
  tx: Transaction,
  event: { id: string; organizationId: OrganizationId; name: string; data: JsonObject; externalId: string | null },
): Promise<boolean> {
  const { count } = await tx.inboundEvent.createMany({ data: [event], skipDuplicates: true });
  return count === 1;
}
