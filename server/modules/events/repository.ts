import type { JsonObject } from "@/core/json";
import type { OrganizationId } from "@/server/db/tenant";
import type { Transaction } from "@/server/db/transaction";

/** Keeps an event together with whatever else the transaction writes. */
export async function insertEventWith(
  tx: Transaction,
  event: { id: string; organizationId: OrganizationId; name: string; data: JsonObject; externalId: string },
): Promise<void> {
  await tx.inboundEvent.create({ data: event, select: { id: true } });
}
