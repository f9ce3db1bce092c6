import { AppError } from "@/core/errors";
import { newId } from "@/core/ids";
import type { Json, JsonObject } from "@/core/json";
import type { Issue } from "@/core/workflow/document";
import { sameJson } from "@/core/json-guard";
import { requireRecentProof } from "@/server/auth/recent-proof";
import { requireScope, type UserActor } from "@/server/db/tenant";
import { withTransaction, writeAudit, type Transaction } from "@/server/db/transaction";
import { activateTriggers, silenceTriggers } from "./active-triggers";
import { blocksPublishing, checkWorkflow } from "./check";
import { checkedParts, issueDetail, readVersion } from "./document";
import { followHead } from "./draft-log";
import { existingWithHead, workflowNotFound, type WorkflowWithHead } from "./load";
import { requireApprovalsKept } from "./review-gate";
import * as repository from "./repository";
import type { VersionRow, WorkflowRow } from "./repository";
import { forgetStartable } from "./start-facts";

export interface Published {
  workflow: WorkflowRow;
  head: VersionRow;
  /** Warnings: errors would have stopped it. */
  issues: Issue[];
}

const maxTries = 5;

/** What a version consists of, as its columns hold it. */
export interface VersionParts {
  spec: JsonObject;
  source: JsonObject;
  triggers: Json[];
  config: JsonObject;
}

/** Makes the head version live. Open runs stay on their version; several publishers of one head are one. */
export async function publishWorkflow(
  actor: UserActor,
  idOrSlug: string,
  options: { note?: string } = {},
): Promise<Published> {
  requireScope(actor, "workflows:publish");
  requireRecentProof(actor);
  for (let attempt = 0; attempt < maxTries; attempt += 1) {
    const { workflow, head } = await existingWithHead(actor, idOrSlug);
    requireNoReview(workflow);
    const issues = await requirePublishable(actor, head);
    const published = await withTransaction(async (tx) => {
      const current = await repository.lockWorkflow(tx, actor.organizationId, workflow.id);
      if (!current) throw workflowNotFound();
      requireNoReview(current);
      // Another version became the head while this one was checked.
      if (current.headVersion !== head.number) return null;
      if (current.status === "active" && current.publishedVersion === head.number) return { workflow: current, head };
      return goLive(tx, actor, current, head, { action: "workflow.published", ...options });
    });
    if (!published) continue;
    forgetStartable();
    return { ...published, issues };
  }
  throw new AppError("conflict", "This workflow is being changed at this moment. Read it again, then publish it.");
}

/** Publishes a copy of an earlier version as the new head, so that history stays a line. Open runs are not affected. */
export async function rollbackWorkflow(actor: UserActor, idOrSlug: string, number: number): Promise<Published> {
  requireScope(actor, "workflows:publish");
  requireRecentProof(actor);
  const { workflow } = await existingWithHead(actor, idOrSlug);
  const { organizationId } = actor;
  const source = await repository.findVersion(organizationId, workflow.id, number);
  if (!source) throw new AppError("not_found", `"${workflow.slug}" has no version ${String(number)}.`);
  const issues = await requirePublishable(actor, source);
  const published = await withTransaction(async (tx) => {
    const current = await repository.lockWorkflow(tx, organizationId, workflow.id);
    if (!current) throw workflowNotFound();
    // What was live once was looked at then; anything else would go around the second person.
    if (source.publishedAt === null) requireNoReview(current);
    await requireApprovalsKept(current, number, "roll_back");
    const note = `Rolled back to v${String(number)}`;
    const next = await insertNext(tx, actor, current, versionParts(source), { note, authorId: actor.userId });
    return goLive(tx, actor, next.workflow, next.version, { action: "workflow.rolled_back", from: number });
  });
  forgetStartable();
  return { ...published, issues };
}

/**
 * Makes parts that were checked the newest version, and live; the head itself when it says the same. Open runs stay on their
 * version. Only inside a transaction that holds the workflow; call `forgetStartable` when it is committed.
 */
export async function publishParts(
  tx: Transaction,
  actor: UserActor,
  { workflow, head }: WorkflowWithHead,
  parts: VersionParts,
  { note, authorId, reviewId }: { note: string; authorId: string; reviewId?: string },
): Promise<WorkflowWithHead> {
  const isHead = (["spec", "triggers", "config"] as const).every((part) => sameJson(head[part], parts[part]));
  const isLive = workflow.status === "active" && workflow.publishedVersion === head.number;
  if (isHead && isLive) return { workflow, head };
  const next = isHead ? { workflow, version: head } : await insertNext(tx, actor, workflow, parts, { note, authorId });
  return goLive(tx, actor, next.workflow, next.version, {
    action: "workflow.published",
    ...(note === "" ? {} : { note }),
    ...(reviewId === undefined ? {} : { reviewId }),
  });
}

/** Throws `publish_blocked` with all findings when one is an error; gives the warnings otherwise. */
export async function requirePublishable(
  actor: UserActor,
  version: Pick<VersionRow, "spec" | "source" | "triggers" | "config">,
): Promise<Issue[]> {
  const issues = await checkWorkflow(actor, checkedParts(version));
  if (!blocksPublishing(issues)) return issues;
  const errors = issues.filter(({ severity }) => severity === "error");
  const more = errors.length > 1 ? ` There are ${String(errors.length - 1)} more.` : "";
  throw new AppError(
    "publish_blocked",
    `This version cannot go live: ${errors[0]?.message ?? ""}${more}`,
    issues.map(issueDetail),
  );
}

/** Starts nothing new from now on; open runs go on. */
export async function retireWorkflow(
  actor: UserActor,
  idOrSlug: string,
): Promise<{ workflow: WorkflowRow; head: VersionRow }> {
  requireScope(actor, "workflows:publish");
  requireRecentProof(actor);
  const { workflow, head } = await existingWithHead(actor, idOrSlug);
  const retired = await withTransaction(async (tx) => {
    const current = await repository.lockWorkflow(tx, actor.organizationId, workflow.id);
    if (!current) throw workflowNotFound();
    if (current.publishedVersion === null)
      throw new AppError(
        "workflow_not_published",
        `"${current.slug}" was never published, so there is nothing to retire. Delete it if nobody needs it.`,
      );
    if (current.status === "retired") return current;
    await silenceTriggers(tx, actor.organizationId, current.id);
    await writeAudit(
      tx,
      actor,
      "workflow.retired",
      { type: "workflow", id: current.id },
      { slug: current.slug, version: current.publishedVersion },
    );
    await repository.announce(tx, actor.organizationId);
    return repository.updateWorkflow(tx, current.id, { status: "retired" });
  });
  forgetStartable();
  return { workflow: retired, head };
}

async function goLive(
  tx: Transaction,
  actor: UserActor,
  workflow: WorkflowRow,
  version: VersionRow,
  { action, note, ...more }: { action: string; note?: string; from?: number; reviewId?: string },
): Promise<WorkflowWithHead> {
  const { organizationId } = actor;
  await repository.markPublished(tx, version.id, { publishedAt: new Date(), ...(note === undefined ? {} : { note }) });
  await activateTriggers(tx, organizationId, workflow.id, readVersion(version).triggers);
  const after = await repository.updateWorkflow(tx, workflow.id, {
    status: "active",
    publishedVersion: version.number,
  });
  await writeAudit(
    tx,
    actor,
    action,
    { type: "workflow", id: workflow.id },
    {
      slug: workflow.slug,
      version: version.number,
      ...more,
      ...(note === undefined ? {} : { note }),
    },
  );
  await repository.announce(tx, organizationId);
  await followHead(tx, actor, workflow.id);
  const head = await repository.findVersion(organizationId, workflow.id, version.number, tx);
  return { workflow: after, head: head ?? version };
}

async function insertNext(
  tx: Transaction,
  actor: UserActor,
  workflow: WorkflowRow,
  parts: VersionParts,
  { note, authorId }: { note: string; authorId: string },
): Promise<{ workflow: WorkflowRow; version: VersionRow }> {
  const { organizationId } = actor;
  const number = workflow.headVersion + 1;
  const row = { id: newId(), number, ...parts, note, createdById: authorId };
  await repository.insertVersion(tx, { ...row, organizationId, workflowId: workflow.id });
  const moved = await repository.updateWorkflow(tx, workflow.id, { headVersion: number });
  return { workflow: moved, version: { ...row, createdAt: new Date(), publishedAt: null } };
}

function requireNoReview(workflow: WorkflowRow): void {
  if (!workflow.reviewRequired) return;
  throw new AppError(
    "review_required",
    `A second person has to approve what "${workflow.slug}" does before it goes live. Open the workflow, choose Publish there and ask for a review.`,
  );
}

function versionParts({ spec, source, triggers, config }: VersionRow): VersionParts {
  // Copied from columns that hold JSON of these shapes.
  return {
    spec: spec as JsonObject,
    source: (source ?? {}) as JsonObject,
    triggers: triggers as Json[],
    config: config as JsonObject,
  };
}
