import type { z } from "zod";
import { maxPinCharacters, type pinSchema, type saveSampleSchema } from "@/core/contracts/test-run";
import { AppError } from "@/core/errors";
import { isUuid } from "@/core/ids";
import { indexSpec } from "@/core/workflow/spec-index";
import { requireScope, type UserActor } from "@/server/db/tenant";
import { withTransaction, writeAudit } from "@/server/db/transaction";
import { existingWorkflow } from "@/server/modules/workflows/service";
import { stepDefinitions } from "@/steps/definitions";
import * as repository from "./repository";
import { testedDocument } from "./tested-document";

export { testBench } from "./bench";
export { testQuestion } from "./question";
export { rehearse } from "./rehearse";
export { startTest } from "./start";

/** Keeps an input for later tests; one of the same name is replaced. */
export async function saveSample(
  actor: UserActor,
  { slug, name, input }: z.output<typeof saveSampleSchema>,
): Promise<{ id: string }> {
  requireScope(actor, "workflows:write");
  const { organizationId, userId } = actor;
  const { id: workflowId } = await existingWorkflow(actor, slug);
  return withTransaction(async (tx) => {
    const id = await repository.putSample(tx, { organizationId, workflowId, name, input, createdById: userId });
    await writeAudit(tx, actor, "workflow.sample_saved", { type: "workflow", id: workflowId }, { name });
    return { id };
  });
}

export async function deleteSample(actor: UserActor, slug: string, id: string): Promise<void> {
  requireScope(actor, "workflows:write");
  const { id: workflowId } = await existingWorkflow(actor, slug);
  await withTransaction(async (tx) => {
    const name = isUuid(id) ? await repository.removeSample(tx, actor.organizationId, workflowId, id) : null;
    if (name === null) throw new AppError("not_found", "There is no such sample.");
    await writeAudit(tx, actor, "workflow.sample_deleted", { type: "workflow", id: workflowId }, { name });
  });
}

/** From now on tests take this instead of running the step. It stands beside the document, so it can never be published. */
export async function pin(
  actor: UserActor,
  { slug, nodeId, handle, output }: z.output<typeof pinSchema>,
): Promise<void> {
  requireScope(actor, "workflows:write");
  const { workflow, document } = await testedDocument(actor, slug);
  const found = indexSpec(document.spec, stepDefinitions).nodes.get(nodeId);
  const { definition } = found ?? {};
  if (!definition) throw new AppError("not_found", "There is no such step in this draft.");
  if (definition.entry || definition.endsRun || definition.givesResult)
    throw new AppError("validation_failed", `A step of type ${definition.title} has no output that could be pinned.`);
  if (!(found?.handles ?? []).some(({ id }) => id === handle))
    throw new AppError("validation_failed", `"${handle}" is not a way out of this step.`, [
      { code: "unknown_handle", path: "handle", message: "Name one of the step's branches." },
    ]);
  if (JSON.stringify(output).length > maxPinCharacters)
    throw new AppError("payload_too_large", "This output is too large to be pinned. Pin a smaller one.");
  await withTransaction(async (tx) => {
    await repository.putPin(tx, {
      organizationId: actor.organizationId,
      workflowId: workflow.id,
      nodeId,
      handle,
      output,
      createdById: actor.userId,
    });
    await writeAudit(tx, actor, "workflow.step_pinned", { type: "workflow", id: workflow.id }, { nodeId, handle });
  });
}

export async function unpin(actor: UserActor, slug: string, nodeId: string): Promise<void> {
  requireScope(actor, "workflows:write");
  const { id: workflowId } = await existingWorkflow(actor, slug);
  await withTransaction(async (tx) => {
    // Somebody else may have been first; then it is as it was asked for.
    if (await repository.removePin(tx, actor.organizationId, workflowId, nodeId))
      await writeAudit(tx, actor, "workflow.step_unpinned", { type: "workflow", id: workflowId }, { nodeId });
  });
}
