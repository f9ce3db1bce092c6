import type { TrashedWorkflow } from "@/core/contracts/library";
import { AppError } from "@/core/errors";
import type { Trigger } from "@/core/workflow/document";
import { systemActor } from "@/server/auth/actor";
import { isClosed } from "@/server/auth/demo-organizations";
import { keptBecause } from "@/server/modules/legal-holds/service";
import { requireRecentProof } from "@/server/auth/recent-proof";
import { requireStanding } from "@/server/auth/standing";
import { requireScope, type Actor, type UserActor } from "@/server/db/tenant";
import { withTransaction, writeAudit } from "@/server/db/transaction";
import {
  archiveWorkflow,
  chooseSlug,
  countRuns,
  existingWorkflow,
  forgetReviewedName,
  keepReviewedName,
  prepareWebhooks,
  wasReviewed,
} from "@/server/modules/workflows/service";
import * as repository from "./repository";

const dayMs = 86_400_000;
const keptDays = 30;
const purgeLimit = 100;
const runBatch = 100;

export async function trashWorkflow(actor: UserActor, slug: string): Promise<{ id: string }> {
  requireScope(actor, "workflows:write");
  const { id } = await existingWorkflow(actor, slug);
  await archiveWorkflow(actor, slug);
  return { id };
}

/** What was deleted in the last 30 days, newest first. */
export async function listTrash(actor: Actor, now = Date.now()): Promise<TrashedWorkflow[]> {
  requireScope(actor, "workflows:read");
  const rows = await repository.listTrashed(actor.organizationId);
  const ids = rows.map(({ id }) => id);
  const [runs, kept] = await Promise.all([countRuns(actor.organizationId, ids), repository.workflowsWithRuns(ids)]);
  return rows.map(({ id, name, description, archivedAt }) => {
    const deletedAt = archivedAt ?? new Date(now);
    return {
      id,
      name,
      description,
      deletedAt: deletedAt.toISOString(),
      daysLeft: kept.has(id) ? null : Math.max(0, Math.ceil((deletedAt.getTime() + keptDays * dayMs - now) / dayMs)),
      executions: runs.get(id) ?? 0,
    };
  });
}

/** Back in the list under its slug, or a free one. It starts nothing until somebody publishes it. */
export async function restoreWorkflow(actor: UserActor, id: string): Promise<{ slug: string }> {
  requireScope(actor, "workflows:write");
  const { organizationId } = actor;
  const found = await repository.findTrashed(organizationId, id);
  if (!found) throw notInTrash();
  const before = slugBefore(found.slug);
  const isFree = await existingWorkflow(actor, before).then(
    () => false,
    (error: unknown) => error instanceof AppError && error.code === "not_found",
  );
  const slug = isFree ? before : await chooseSlug(organizationId, undefined, before);
  await withTransaction(async (tx) => {
    const row = await repository.lockTrashed(tx, organizationId, id);
    if (!row) throw notInTrash();
    const status = row.publishedVersion === null ? "draft" : "retired";
    // Under a name that is under review, it is so as well: callers know a workflow by nothing else.
    const reviewRequired = row.reviewRequired || (await wasReviewed(tx, { organizationId, slug }));
    if (!(await repository.takeOutOfTrash(tx, id, { slug, status, reviewRequired })))
      throw new AppError("conflict", `Somebody made a workflow "${slug}" just now. Restore this one again.`);
    const head = await repository.listTriggersOf(tx, id, row.headVersion);
    // Written only after an import that checked them.
    const triggers = (head?.triggers ?? []) as unknown as Trigger[];
    await prepareWebhooks(tx, organizationId, id, triggers);
    await writeAudit(tx, actor, "workflow.restored", { type: "workflow", id }, { slug });
    await repository.announce(tx, organizationId);
  });
  return { slug };
}

/** With its versions, drafts and runs. The audit log stays. Runs are evidence: only some people may delete them, and not before their time. */
export async function deleteForever(actor: UserActor, id: string): Promise<void> {
  requireScope(actor, "workflows:publish");
  requireRecentProof(actor);
  const { organizationId } = actor;
  const found = await repository.findTrashed(organizationId, id);
  if (!found) throw notInTrash();
  // What is made under its name is under review, and this forgets it: that is switching it off.
  if (found.reviewRequired) requireScope(actor, "workflows:require_review");
  if (((await countRuns(organizationId, [id])).get(id) ?? 0) > 0) requireScope(actor, "runs:delete");
  const kept = await keptBecause(organizationId, id);
  if (kept !== null) throw new AppError("conflict", kept);
  // Runs go before the workflow, in writes of their own.
  await withTransaction((tx) => requireStanding(tx, actor, "workflows:publish"));
  const isGone = await deleteTrashed(actor, id, { forgetsReview: true, now: Date.now() });
  if (!isGone) throw new AppError("conflict", (await keptBecause(organizationId, id)) ?? notInTrash().message);
}

/**
 * Deletes for good what lay in the trash for 30 days, in every organization, where it has no runs: these are evidence, and only those who
 * may delete runs do away with them. That it was under review stays known. Gives how many workflows went.
 */
export async function purgeTrash(now = Date.now()): Promise<number> {
  const overdue = await repository.listOverdueTrash(new Date(now - keptDays * dayMs), purgeLimit);
  let gone = 0;
  for (const { id, organizationId } of overdue) {
    if (isClosed(organizationId)) continue;
    if (await deleteTrashed(systemActor(organizationId), id, { forgetsReview: false, now })) gone += 1;
  }
  return gone;
}

/**
 * May be interrupted and repeated: the workflow itself goes last. Each write looks again whether it still lies in the trash and what must
 * be kept: somebody may take it out, or put a hold on it, while its runs go. False: then it stays.
 */
async function deleteTrashed(
  actor: Actor,
  id: string,
  { forgetsReview, now }: { forgetsReview: boolean; now: number },
): Promise<boolean> {
  const { organizationId } = actor;
  const some = (): Promise<number> =>
    withTransaction(async (tx) =>
      (await repository.lockTrashed(tx, organizationId, id))
        ? repository.deleteRuns(tx, id, new Date(now), runBatch)
        : 0,
    );
  while ((await some()) === runBatch);
  return withTransaction(async (tx) => {
    const row = await repository.lockTrashed(tx, organizationId, id);
    if (!row || (await repository.workflowsWithRuns([id], tx)).size > 0) return false;
    await repository.deleteWorkflow(tx, id);
    const name = { organizationId, slug: slugBefore(row.slug) };
    if (row.reviewRequired) await (forgetsReview ? forgetReviewedName : keepReviewedName)(tx, name);
    await writeAudit(tx, actor, "workflow.deleted", { type: "workflow", id }, { name: row.name });
    await repository.announce(tx, organizationId);
    return true;
  });
}

/** Without what keeps the slugs in the trash apart. */
function slugBefore(slug: string): string {
  return slug.split("~", 1)[0] ?? slug;
}

function notInTrash(): AppError {
  return new AppError("not_found", "This workflow is not in the trash. It may have been restored or deleted for good.");
}
