import { AppError } from "@/core/errors";
import type { JsonObject } from "@/core/json";
import { takeStart } from "@/server/http/allowances";
import { requireScope, type UserActor } from "@/server/db/tenant";
import { auditActor, auditProof } from "@/server/db/transaction";
import { restoreTarget } from "@/server/modules/workflows/service";
import { correctedInput } from "./corrections";
import { createdRun } from "./created-run";
import { listCorrections } from "./history-store";
import { keptRows } from "./kept-rows";
import type { RunFacts } from "./read-model";
import { visibleRun } from "./visible-run";
import { groupIsFull, runGroup } from "./run-group";
import { runStore } from "./run-store";
import { existingSnapshot } from "./snapshots";

/**
 * Makes a new run that goes on from a snapshot of another one, of the same version, with the input that counted there. Approvals
 * behind which something acts are asked again: they were given for the old run. The old run is not touched: it may be over or under way, and several may come of it.
 */
export async function restoreRun(
  actor: UserActor,
  idText: string,
  { snapshotId, startKey }: { snapshotId: string; startKey?: string },
): Promise<RunFacts> {
  requireScope(actor, "runs:control");
  takeStart(actor.organizationId);
  const source = await visibleRun(actor, idText);
  if (source.test)
    throw new AppError(
      "conflict",
      "This run was a test. Test the draft again from the step that you want to go on from.",
    );
  const snapshot = await existingSnapshot(source, snapshotId);
  const [{ kept, dropped, askedAgain }, corrections] = await Promise.all([
    keptRows(source, snapshot.position),
    listCorrections(source.id),
  ]);
  // Runs are written with an object as their input.
  const given = source.input as JsonObject;
  const { input, inputEdits } = correctedInput(given, corrections, { position: snapshot.position, kept });
  const { workflowId, versionId, version } = source;
  const { workflow, facts } = await restoreTarget(actor.organizationId, { workflowId, versionId, version });
  const group = runGroup(facts, input);
  const started = await runStore().restoreRun({
    start: {
      organizationId: source.organizationId,
      workflowId,
      versionId,
      version,
      triggerType: source.triggerType,
      triggerId: source.triggerId,
      triggerLabel: source.triggerLabel,
      input,
      // As with a retry, the run stays its owner's; the history says who did it.
      ownerId: source.ownerId,
      actor: auditActor(actor),
      initiatedBy: actor.userId,
      proof: auditProof(actor),
      requestedBy: source.requestedBy,
      contactId: source.contactId,
      conversationId: source.conversationId,
      callbackUrl: source.callbackUrl,
      restoredFrom: source.id,
      startKey: startKey ?? null,
      group,
      first: null,
    },
    snapshot: {
      source: source.id,
      position: snapshot.position,
      snapshotId: snapshot.id,
      nodeId: snapshot.nodeId,
      nodeName: snapshot.name,
      inputEdits,
      without: dropped.map(({ key }) => key),
      askedAgain: askedAgain.map((each) => ({ ...each })),
    },
  });
  if (started.full) throw groupIsFull(workflow.slug, group);
  return createdRun(actor, started);
}
