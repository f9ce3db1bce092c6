import type { DraftState, SavedBatch } from "@/core/contracts/draft";
import type { Issue } from "@/core/workflow/document";
import { hasScope, requireScope, type Actor } from "@/server/db/tenant";
import { memberNames } from "@/server/modules/directory/service";
import {
  checkWorkflow,
  existingWithHead,
  existingWorkflow,
  type VersionParts,
  type WorkflowWithHead,
} from "@/server/modules/workflows/service";
import { batchesBetween } from "./batches";
import { documentOf } from "./draft-document";
import * as repository from "./repository";
import type { DraftRow } from "./repository";
import { pendingReview } from "./review-items";

/** What the builder edits: the draft, or the newest version when there is none. */
export interface DraftSource extends WorkflowWithHead {
  draft: DraftRow | null;
  parts: VersionParts;
  revision: number;
}

/** The draft as it is stored, for whoever freezes, exports or compares it. */
export async function draftSource(actor: Actor, slug: string): Promise<DraftSource> {
  requireScope(actor, "workflows:read");
  const { id } = await existingWorkflow(actor, slug);
  // In this order: a revision that is older than its document is caught up with, a newer one would never be.
  const last = await repository.lastRevision(id);
  const draft = await repository.findDraft(actor.organizationId, id);
  const { workflow, head } = await existingWithHead(actor, id);
  return {
    workflow,
    head,
    draft,
    parts: repository.partsOf(draft ?? head),
    revision: draft?.revision ?? last,
  };
}

export async function openDraft(actor: Actor, slug: string): Promise<DraftState> {
  const { workflow, head, draft, parts, revision } = await draftSource(actor, slug);
  const [names, review] = await Promise.all([memberNames(actor.organizationId), pendingReview(actor, workflow)]);
  return {
    workflowId: workflow.id,
    slug: workflow.slug,
    name: workflow.name,
    revision,
    hasDraft: draft !== null,
    baseVersion: draft?.baseVersion ?? head.number,
    headVersion: head.number,
    publishedVersion: workflow.publishedVersion,
    document: documentOf(parts),
    updatedAt: (draft?.updatedAt ?? head.createdAt).toISOString(),
    updatedBy: names.get(draft?.updatedById ?? head.createdById) ?? null,
    mayEdit: hasScope(actor, "workflows:write"),
    mayPublish: hasScope(actor, "workflows:publish"),
    reviewRequired: workflow.reviewRequired,
    review,
  };
}

/** What others saved since a revision; null: open the draft again. */
export async function draftSince(
  actor: Actor,
  slug: string,
  revision: number,
): Promise<{ revision: number; batches: SavedBatch[] | null }> {
  requireScope(actor, "workflows:read");
  const { id } = await existingWorkflow(actor, slug);
  const newest = await repository.lastRevision(id);
  return { revision: newest, batches: await batchesBetween(id, revision, newest + 1) };
}

/** What is wrong with the stored draft in the light of the organization's connections and people. */
export async function checkDraft(actor: Actor, slug: string): Promise<Issue[]> {
  const { parts } = await draftSource(actor, slug);
  return findIssues(actor, parts);
}

/** Paths start at the spec (`nodes[3]`), or with `triggers` and `config`: as the browser's own check gives them. */
export async function findIssues(actor: Actor, parts: VersionParts): Promise<Issue[]> {
  const issues = await checkWorkflow(actor, { ...documentOf(parts), source: parts.source });
  return issues.map((issue) => ({ ...issue, path: issue.path.replace(/^spec\.?/, "") }));
}
