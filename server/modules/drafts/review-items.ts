import type { PublishReviewItem } from "@/core/contracts/draft";
import type { EditableDocument } from "@/core/workflow/edit/operation";
import { hasScope, type Actor } from "@/server/db/tenant";
import { memberNames } from "@/server/modules/directory/service";
import { findVersion, type WorkflowRow } from "@/server/modules/workflows/service";
import { changesBetween } from "./changes";
import { documentOf } from "./draft-document";
import * as repository from "./repository";
import type { ReviewRow } from "./repository";

/** The frozen draft of a workflow that waits for a second person; the newest when several people asked. */
export async function pendingReview(actor: Actor, workflow: WorkflowRow): Promise<PublishReviewItem | null> {
  const rows = await repository.listReviews(actor.organizationId, { workflowId: workflow.id, pending: true, most: 1 });
  const [item] = await reviewItems(actor, rows);
  return item ?? null;
}

/** As people see them: what publishing would change (of decided ones: what was asked for), and what they may do. */
export async function reviewItems(actor: Actor, rows: readonly ReviewRow[]): Promise<PublishReviewItem[]> {
  if (rows.length === 0) return [];
  const { organizationId } = actor;
  const [workflows, names] = await Promise.all([
    repository.workflowNames(organizationId, [...new Set(rows.map(({ workflowId }) => workflowId))]),
    memberNames(organizationId),
  ]);
  const items = rows.map(async (row): Promise<PublishReviewItem[]> => {
    const workflow = workflows.get(row.workflowId);
    if (!workflow) return [];
    const before = row.status === "pending" ? workflow.publishedVersion : row.baseVersion;
    const { slug, name } = workflow;
    return [
      {
        id: row.id,
        workflow: { slug, name },
        status: readStatus(row.status),
        note: row.note,
        requestedBy: { id: row.requestedById, name: names.get(row.requestedById) ?? row.requestedByName },
        createdAt: row.createdAt.toISOString(),
        decidedBy: row.decidedByName,
        comment: row.comment,
        decidedAt: row.decidedAt?.toISOString() ?? null,
        version: row.version,
        changes: await changesBetween(
          organizationId,
          await documentBefore(actor, row.workflowId, before),
          documentOf(repository.partsOf(row)),
        ),
        blocked: whyBlocked(actor, row),
        mayWithdraw: row.status === "pending" && row.requestedById === actor.userId,
      },
    ];
  });
  return (await Promise.all(items)).flat();
}

/** Why this person may not decide it; null: they may. */
export function whyBlocked(actor: Actor, row: ReviewRow): string | null {
  if (row.status !== "pending") return decidedWords(row);
  if (row.requestedById === actor.userId) return "You asked for this yourself, so somebody else must decide.";
  return hasScope(actor, "workflows:publish") ? null : "Your role may not publish. Somebody who may has to decide.";
}

/** "Kim approved this." */
export function decidedWords({ status, decidedByName }: Pick<ReviewRow, "status" | "decidedByName">): string {
  const done = status === "approved" ? "approved" : status === "rejected" ? "rejected" : "withdrew";
  return `${decidedByName ?? "Somebody"} ${done} this.`;
}

async function documentBefore(
  actor: Actor,
  workflowId: string,
  number: number | null,
): Promise<EditableDocument | null> {
  const version = number === null ? null : await findVersion(actor.organizationId, workflowId, number);
  return version ? documentOf(repository.partsOf(version)) : null;
}

const statuses = ["pending", "approved", "rejected", "withdrawn"] as const;

function readStatus(text: string): PublishReviewItem["status"] {
  return statuses.find((status) => status === text) ?? "withdrawn";
}
