import { AppError } from "@/core/errors";
import { readId } from "@/core/ids";
import type { Actor, OrganizationId } from "@/server/db/tenant";
import type { Transaction } from "@/server/db/transaction";
import * as repository from "./repository";
import type { VersionRow, WorkflowRow } from "./repository";

export interface WorkflowWithHead {
  workflow: WorkflowRow;
  head: VersionRow;
}

/** The workflow behind an id in any form, or a slug. 404 for what belongs to another organization. */
export async function existingWorkflow(actor: Actor, idOrSlug: string): Promise<WorkflowRow> {
  const id = readId("workflow", idOrSlug);
  const row = await repository.findWorkflow(actor.organizationId, id === null ? { slug: idOrSlug } : { id });
  if (!row) throw workflowNotFound();
  return row;
}

/** Holds the workflow until the transaction ends, and reads its newest version. */
export async function lockWithHead(
  tx: Transaction,
  organizationId: OrganizationId,
  id: string,
): Promise<WorkflowWithHead> {
  const workflow = await repository.lockWorkflow(tx, organizationId, id);
  const head = workflow && (await repository.findVersion(organizationId, id, workflow.headVersion, tx));
  if (!workflow || !head) throw workflowNotFound();
  return { workflow, head };
}

export async function existingWithHead(actor: Actor, idOrSlug: string): Promise<WorkflowWithHead> {
  const workflow = await existingWorkflow(actor, idOrSlug);
  const head = await repository.findVersion(actor.organizationId, workflow.id, workflow.headVersion);
  if (!head) throw new Error(`Workflow ${workflow.id} has no version ${String(workflow.headVersion)}`);
  return { workflow, head };
}

export function workflowNotFound(): AppError {
  return new AppError("not_found", "There is no such workflow.");
}
