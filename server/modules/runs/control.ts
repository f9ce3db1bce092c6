import type { RunStatus } from "@/core/run-status";
import { isRunActionAllowed, statusesAllowing, type RunAction } from "@/core/engine/transitions";
import { AppError } from "@/core/errors";
import { newId } from "@/core/ids";
import type { JsonObject } from "@/core/json";
import { requireScope, type UserActor } from "@/server/db/tenant";
import { auditActor, auditProof } from "@/server/db/transaction";
import { requireCorrectable, requireOutOfTrash } from "@/server/modules/workflows/service";
import { auditedValues } from "./audited-values";
import { factsOf } from "./facts-of";
import type { RunFacts } from "./read-model";
import { findRun } from "./repository";
import { retryArgs, type ControlOptions } from "./retry-args";
import { runStore } from "./run-store";
import { runNotFound, visibleRun } from "./visible-run";

/** Pause, resume, cancel or retry; a compare-and-set on the statuses that allow it. */
export async function controlRun(
  actor: UserActor,
  idText: string,
  verb: RunAction,
  options: ControlOptions = {},
): Promise<RunFacts> {
  requireScope(actor, "runs:control");
  const row = await visibleRun(actor, idText);
  if (verb === "retry") await requireOutOfTrash(actor.organizationId, row.workflowId);
  if (verb === "retry" && options.patch !== undefined && !row.test) await requireCorrectable(actor.organizationId, row);
  const audited: JsonObject =
    verb === "retry" && options.patch !== undefined
      ? { audited: await auditedValues(actor.organizationId, row.id, options.patch) }
      : {};
  const result = await runStore().control({
    id: row.id,
    org: actor.organizationId,
    verb,
    from: statusesAllowing(verb),
    reason: options.reason ?? null,
    actor: auditActor(actor),
    proof: auditProof(actor),
    eventId: newId(),
    ...(verb === "retry" ? await retryArgs(actor, row, options) : {}),
    ...audited,
  });
  if (result["ok"] === true) {
    return factsOf(actor, (await findRun(actor.organizationId, row.id)) ?? row);
  }
  if (result["reason"] === "changed")
    throw new AppError("conflict", "Somebody retried this run meanwhile. Look at what came of it, then decide again.");
  if (result["reason"] !== "state") throw runNotFound();
  throw invalidState(verb, result["status"] as RunStatus);
}

function invalidState(verb: RunAction, status: RunStatus): AppError {
  const possible = (["pause", "resume", "cancel", "retry"] as const).filter((action) =>
    isRunActionAllowed(status, action),
  );
  const advice = possible.length > 0 ? `Possible now: ${possible.join(", ")}.` : "Nothing can be done to it any more.";
  return new AppError("invalid_run_state", `A run that is ${status} cannot be ${pastTense[verb]}. ${advice}`, [], {
    state: status,
  });
}

const pastTense: Readonly<Record<RunAction, string>> = {
  pause: "paused",
  resume: "resumed",
  cancel: "cancelled",
  retry: "retried",
};
