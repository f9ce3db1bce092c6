import type { RunStep } from "@/core/contracts/run";
import { AppError } from "@/core/errors";
import { isUuid } from "@/core/ids";
import type { Spec } from "@/core/workflow/document";
import { requireScope, type Actor } from "@/server/db/tenant";
import { unmarked } from "./all-nodes";
import { cutStep } from "./cut-values";
import { namesAround } from "./names-around";
import { findVersion, listOpenWaitpoints, type RunDetailRow } from "./repository";
import { stepsOfRows } from "./run-steps";
import { maskOfRun } from "./sensitive";
import { withAddresses, withoutAddresses, type AddressChoice } from "./shown-addresses";
import { listLoopSteps, listTriesOfStep, type StepRow } from "./step-store";
import { visibleRun } from "./visible-run";

/** A page of the steps that a run made in loops, in the order in which they last changed; long values are cut. */
export async function loopStepsOf(
  actor: Actor,
  idText: string,
  page: { after: number; limit: number } & AddressChoice,
): Promise<{ steps: RunStep[]; nextAfter: number | null }> {
  requireScope(actor, "runs:read");
  const run = await visibleRun(actor, idText);
  const { rows, next } = await listLoopSteps(run.id, page);
  return { steps: (await asSeen(actor, run, rows, page)).map(cutStep), nextAfter: next };
}

/** One step of a run with its values whole. */
export async function stepOf(
  actor: Actor,
  idText: string,
  stepId: string,
  choice: AddressChoice = {},
): Promise<RunStep> {
  requireScope(actor, "runs:read");
  return stepAsSeen(actor, await visibleRun(actor, idText), stepId, choice);
}

/** The same of a run that the actor may see. `revealed`: with what its workflow calls sensitive. */
export async function stepAsSeen(
  actor: Actor,
  run: RunDetailRow,
  stepId: string,
  choice: AddressChoice & { revealed?: true } = {},
): Promise<RunStep> {
  const rows = isUuid(stepId) ? await listTriesOfStep(run.id, stepId) : [];
  const [step] = await asSeen(actor, run, rows, choice);
  if (!step) throw new AppError("not_found", "This run has no such step. Take the id from the run's steps.");
  return step;
}

async function asSeen(
  actor: Actor,
  run: RunDetailRow,
  rows: readonly StepRow[],
  { addresses = false, revealed = false }: AddressChoice & { revealed?: boolean },
): Promise<RunStep[]> {
  const [version, open] = await Promise.all([
    findVersion(actor.organizationId, run.versionId),
    run.endedAt === null ? listOpenWaitpoints([run.id]) : [],
  ]);
  if (!version) throw new Error(`Run ${run.id} points at version ${run.versionId}, which does not exist`);
  // Written only after validation against the same schema.
  const written = version.spec as unknown as Spec;
  const spec = revealed ? unmarked(written) : written;
  const [names, mask] = await Promise.all([namesAround(actor.organizationId, open), maskOfRun(spec, run)]);
  const steps = stepsOfRows(spec, rows, open, names, mask);
  return addresses ? withAddresses(actor, run.id, steps) : withoutAddresses(actor, steps);
}
