import type { OrganizationId } from "@/server/db/tenant";
import type { Transaction } from "@/server/db/transaction";

/** A name under which callers reach what needed a second person to be published, whatever became of it. */
export interface NameOfWorkflow {
  organizationId: OrganizationId;
  slug: string;
}

/** Whether a workflow of this name lies in the trash, or was emptied out of it, that needed a second person. */
export async function wasReviewed(tx: Transaction, { organizationId, slug }: NameOfWorkflow): Promise<boolean> {
  const trashed = { organizationId, archivedAt: { not: null }, reviewRequired: true };
  if ((await tx.workflow.count({ where: { ...trashed, slug: { startsWith: `${slug}~` } } })) > 0) return true;
  return (await tx.reviewedName.count({ where: { organizationId, slug } })) > 0;
}

export async function keepReviewedName(tx: Transaction, name: NameOfWorkflow): Promise<void> {
  await tx.reviewedName.createMany({ data: [name], skipDuplicates: true });
}

/** For those who may switch reviews off: the caller has checked it. */
export async function forgetReviewedName(tx: Transaction, { organizationId, slug }: NameOfWorkflow): Promise<void> {
  await tx.reviewedName.deleteMany({ where: { organizationId, slug } });
}
