import type { OrganizationId } from "./tenant";
import type { Transaction } from "./transaction";

/** Who is asked what in an organization holds still until the transaction ends: one changes it at a time, and deciding waits for it. */
export async function lockPeople(tx: Transaction, organizationId: OrganizationId): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(asking_lock(${organizationId}::uuid))`;
}

/** Open pages that show people look again. */
export async function announcePeople(
  tx: Transaction,
  organizationId: OrganizationId,
  ...more: readonly "notices"[]
): Promise<void> {
  const news = JSON.stringify({ organizationId, kinds: ["people", ...more] });
  await tx.$queryRaw`select pg_notify('hp_live', ${news})::text`;
}
