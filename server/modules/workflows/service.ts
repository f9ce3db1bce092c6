import { AppError } from "@/core/errors";
import { newId, readId } from "@/core/ids";
import type { JsonObject } from "@/core/json";
import type { Issue } from "@/core/spec/document";
import { requireScope, type Actor, type OrganizationId, type UserActor } from "@/server/db/tenant";
import { withTransaction, writeAudit } from "@/server/db/transaction";
import { prepareWebhooks, silenceTriggers } from "./active-triggers";
import { checkWorkflow } from "./check";
import { changeDocument, readDocument, readVersion, versionParts } from "./document";
import * as repository from "./repository";
import type { VersionRow, WorkflowRow } from "./repository";
import { forgetStartable } from "./start-facts";
import { chooseSlug, checkSlug } from "./slug";

export { startWorkflow, startVersion, type StartedRun, type StartRequest } from "./start";
export { findLiveTrigger, webhookTarget, type WebhookTarget } from "./webhook-target";
export { findRunOutcome, type RunOutcome } from "./store";
export { publishWorkflow, retireWorkflow, rollbackWorkflow } from "./publish";

export interface WorkflowWithHead {
  workflow: WorkflowRow;
  head: VersionRow;
}

export interface SavedWorkflow extends WorkflowWithHead {
  issues: Issue[];
}

/** Saves a draft, with errors or without. Refused is only what has no canonical form. */
export async function createWorkflow(actor: UserActor, raw: JsonObject): Promise<SavedWorkflow> {
  requireScope(actor, "workflows:write");
  const { organizationId } = actor;
  const { document, secrets } = readDocument(raw);
  const name = document.name?.trim() || document.slug;
  if (!name)
    throw new AppError("validation_failed", "The workflow has no name. Give it one.", [
      { code: "required", severity: "error", path: "name", message: "Give the workflow a name." },
    ]);
  const slug = await chooseSlug(organizationId, document.slug, name);
  const id = newId();
  const parts = versionParts(document);
  const saved = await withTransaction(async (tx) => {
    const inserted = await repository.insertWorkflow(tx, {
      id,
      organizationId,
      slug,
      name,
      description: document.description ?? "",
      status: "draft",
      enabled: document.enabled ?? true,
      headVersion: 1,
      ownerId: actor.userId,
      // The builder's edits live in a draft of their own; who works over REST means every change.
      whileDraft: document.whileDraft ?? (actor.via === "ui" ? "serve_published" : "block"),
    });
    if (!inserted) throw slugTaken(slug);
    await repository.insertVersion(tx, {
      id: newId(),
      organizationId,
      workflowId: id,
      number: 1,
      ...parts,
      note: "Initial version",
      createdById: actor.userId,
    });
    await prepareWebhooks(tx, organizationId, id, readVersion(parts).triggers, secrets);
    await writeAudit(tx, actor, "workflow.created", { type: "workflow", id }, { slug, version: 1 });
    await repository.announce(tx, organizationId);
    return readBack(tx, organizationId, id);
  });
  forgetStartable();
  return { ...saved, issues: await checkWorkflow(actor, readVersion(saved.head)) };
}

export async function getWorkflow(actor: Actor, idOrSlug: string): Promise<WorkflowWithHead> {
  requireScope(actor, "workflows:read");
  const workflow = await existingWorkflow(actor, idOrSlug);
  const head = await repository.findVersion(actor.organizationId, workflow.id, workflow.headVersion);
  if (!head) throw new Error(`Workflow ${workflow.id} has no version ${String(workflow.headVersion)}`);
  return { workflow, head };
}

const versionedFields = ["spec", "triggers", "triggerType", "triggerSpec"];
const operationalFields: readonly string[] = ["enabled", "whileDraft", "serveWhileDraft"];

/**
 * Changes what is given. Spec, triggers and config make a new version, and the workflow a draft again that starts nothing
 * until it is published, unless it goes on serving the published version meanwhile. Open runs stay on their version.
 */
export async function changeWorkflow(actor: UserActor, idOrSlug: string, changes: JsonObject): Promise<SavedWorkflow> {
  requireScope(actor, "workflows:write");
  const { organizationId } = actor;
  const { id } = await existingWorkflow(actor, idOrSlug);
  const saved = await withTransaction(async (tx) => {
    const { workflow, head } = await lockWithHead(tx, organizationId, id);
    const { document, secrets } = changeDocument(workflow, head, changes);
    const config = changes["config"];
    const isVersioned =
      versionedFields.some((field) => changes[field] !== undefined) ||
      (typeof config === "object" &&
        config !== null &&
        Object.keys(config).some((key) => !operationalFields.includes(key)));
    const enabled = document.enabled ?? workflow.enabled;
    const whileDraft = document.whileDraft ?? workflow.whileDraft;
    if (enabled !== workflow.enabled) requirePublished(workflow);
    if (document.slug !== undefined && document.slug !== workflow.slug)
      await requireFreeSlug(organizationId, document.slug);
    const number = workflow.headVersion + (isVersioned ? 1 : 0);
    const staysLive = workflow.status === "active" && whileDraft === "serve_published";
    const after = await repository.updateWorkflow(tx, id, {
      slug: document.slug ?? workflow.slug,
      name: document.name?.trim() || workflow.name,
      description: document.description ?? workflow.description,
      enabled,
      whileDraft,
      ...(isVersioned ? { headVersion: number, status: staysLive ? "active" : "draft" } : {}),
    });
    const parts = versionParts(document);
    if (isVersioned)
      await repository.insertVersion(tx, {
        id: newId(),
        organizationId,
        workflowId: id,
        number,
        ...parts,
        note: "",
        createdById: actor.userId,
      });
    await prepareWebhooks(tx, organizationId, id, readVersion(parts).triggers, secrets);
    await writeAudit(
      tx,
      actor,
      "workflow.updated",
      { type: "workflow", id },
      {
        slug: after.slug,
        version: number,
        changed: Object.keys(changes),
        ...(enabled === workflow.enabled ? {} : { enabled }),
      },
    );
    await repository.announce(tx, organizationId);
    return readBack(tx, organizationId, id);
  });
  forgetStartable();
  return { ...saved, issues: await checkWorkflow(actor, readVersion(saved.head)) };
}

/** The Active toggle: acts at once, and is no part of a version. */
export async function setEnabled(actor: UserActor, idOrSlug: string, enabled: boolean): Promise<WorkflowRow> {
  requireScope(actor, "workflows:publish");
  const found = await existingWorkflow(actor, idOrSlug);
  const after = await withTransaction(async (tx) => {
    const workflow = await repository.lockWorkflow(tx, actor.organizationId, found.id);
    if (!workflow) throw workflowNotFound();
    requirePublished(workflow);
    if (workflow.enabled === enabled) return workflow;
    await writeAudit(
      tx,
      actor,
      enabled ? "workflow.enabled" : "workflow.disabled",
      { type: "workflow", id: workflow.id },
      { slug: workflow.slug },
    );
    await repository.announce(tx, actor.organizationId);
    return repository.updateWorkflow(tx, workflow.id, { enabled });
  });
  forgetStartable();
  return after;
}

/** Takes a workflow away; its runs stay readable. Its slug is free again. */
export async function archiveWorkflow(actor: UserActor, idOrSlug: string): Promise<WorkflowWithHead> {
  requireScope(actor, "workflows:write");
  const found = await existingWorkflow(actor, idOrSlug);
  const archived = await withTransaction(async (tx) => {
    const before = await lockWithHead(tx, actor.organizationId, found.id);
    const open = (await repository.countOpenRuns(actor.organizationId, [found.id], tx)).reduce(
      (sum, { runs }) => sum + runs,
      0,
    );
    if (open > 0) {
      const runs = open === 1 ? "one run that has" : `${String(open)} runs that have`;
      throw new AppError(
        "workflow_has_open_runs",
        `"${found.slug}" has ${runs} not ended. Retire it so that nothing new starts, and delete it when they are done or cancelled.`,
        [],
        { open_runs: open },
      );
    }
    await silenceTriggers(tx, actor.organizationId, found.id, false);
    await repository.updateWorkflow(tx, found.id, {
      archivedAt: new Date(),
      status: "retired",
      slug: `${found.slug}~${found.id}`,
    });
    await writeAudit(tx, actor, "workflow.archived", { type: "workflow", id: found.id }, { slug: found.slug });
    await repository.announce(tx, actor.organizationId);
    return { ...before, workflow: { ...before.workflow, status: "retired" } };
  });
  forgetStartable();
  return archived;
}

/** What is wrong with a document, without saving it; a workflow, when named, gives what the document leaves out. */
export async function validateDocument(actor: Actor, raw: JsonObject, idOrSlug?: string): Promise<Issue[]> {
  requireScope(actor, "workflows:read");
  const stored = idOrSlug === undefined ? null : await getWorkflow(actor, idOrSlug);
  const { document } = stored ? changeDocument(stored.workflow, stored.head, raw) : readDocument(raw);
  return checkWorkflow(actor, { spec: document.spec, triggers: document.triggers, config: document.config });
}

export async function existingWorkflow(actor: Actor, idOrSlug: string): Promise<WorkflowRow> {
  const id = readId("workflow", idOrSlug);
  const row = await repository.findWorkflow(actor.organizationId, id === null ? { slug: idOrSlug } : { id });
  if (!row) throw workflowNotFound();
  return row;
}

async function lockWithHead(
  tx: Parameters<typeof repository.lockWorkflow>[0],
  organizationId: OrganizationId,
  id: string,
): Promise<WorkflowWithHead> {
  const workflow = await repository.lockWorkflow(tx, organizationId, id);
  const head = workflow && (await repository.findVersion(organizationId, id, workflow.headVersion, tx));
  if (!workflow || !head) throw workflowNotFound();
  return { workflow, head };
}

const readBack = lockWithHead;

async function requireFreeSlug(organizationId: OrganizationId, slug: string): Promise<void> {
  checkSlug(slug);
  if (await repository.isSlugTaken(organizationId, slug)) throw slugTaken(slug);
}

function requirePublished(workflow: WorkflowRow): void {
  if (workflow.publishedVersion === null)
    throw new AppError(
      "workflow_not_published",
      `"${workflow.slug}" was never published. Publish it, then switch it on or off.`,
    );
}

function workflowNotFound(): AppError {
  return new AppError("not_found", "There is no such workflow.");
}

function slugTaken(slug: string): AppError {
  return new AppError("slug_taken", `There is a workflow "${slug}" already. Choose another slug, or change that one.`);
}
