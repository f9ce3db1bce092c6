import { carryOver, type CarryRefusal } from "@/core/engine/carry-over";
import type { GoOn } from "@/core/contracts/repair";
import { AppError } from "@/core/errors";
import type { JsonObject } from "@/core/json";
import { workApart } from "@/server/apart/work-apart";
import { liveVersion } from "@/server/modules/workflows/service";
import { requireScope, type Actor, type OrganizationId } from "@/server/db/tenant";
import { stepDefinition } from "@/steps/definitions";
import type { JournalRow } from "./journal";
import { loadVersion } from "./load-version";
import type { RunDetailRow } from "./repository";
import { runStore } from "./run-store";
import { visibleRun } from "./visible-run";
import { uncovered } from "./uncovered";
import { readRecord } from "./step-record";

interface Way extends GoOn {
  versionId: string;
  /** Rows that do not count any more. */
  dropped: string[];
}

/** How a failed run would go on with the version that is live; null where it is on that one already, or none is live. */
async function wayOn(organizationId: OrganizationId, run: RunDetailRow): Promise<Way | null> {
  const live = run.test ? null : await liveVersion(organizationId, run.workflowId);
  if (live === null || live.versionId === run.versionId) return null;
  const [from, to, rows] = await Promise.all([
    loadVersion(organizationId, run.versionId),
    loadVersion(organizationId, live.versionId),
    runStore().loadRows(run.id),
  ]);
  const named = (id: string): string => `“${(to.plan.nodes.get(id) ?? from.plan.nodes.get(id))?.name ?? id}”`;
  const carried = carryOver(
    { from: from.plan, to: to.plan },
    rows.flatMap((row) => (isKept(row) ? [readRecord(row)] : [])),
    (type) => stepDefinition(type)?.decides !== undefined,
  );
  const [misfit] = to.spec.inputSchema
    ? await workApart(organizationId, "misfits", { schema: to.spec.inputSchema, input: inputOf(run) })
    : [];
  const shown = await uncovered(run.id, from.spec, to.spec);
  const [refusal] = [
    ...carried.refused.map(({ nodeId, why }) => refusals[why](named(nodeId))),
    ...(misfit ? [`It asks for more than this run was started with: ${misfit.message}`] : []),
    ...shown.map((id) => `It would show what ${id === null ? "this run was started with" : named(id)} keeps hidden.`),
  ];
  return {
    ...live,
    refusal: refusal ?? null,
    dropped: carried.dropped,
    askedAgain: carried.askedAgain.map((id) => to.plan.nodes.get(id)?.name ?? id),
  };
}

/** What a retry with the version that is live changes; refused where the run cannot go on with it, or `version` is not live any more. */
export async function goOnArgs(
  organizationId: OrganizationId,
  run: RunDetailRow,
  version: number,
): Promise<JsonObject> {
  const way = await wayOn(organizationId, run);
  if (way === null || way.version !== version)
    throw new AppError(
      "conflict",
      way === null
        ? `Version ${String(version)} is not a newer one that is live. Retry the run on its own version.`
        : `Version ${String(way.version)} is live by now. Look at what it changes for this run, then decide again.`,
    );
  if (way.refusal !== null)
    throw new AppError(
      "conflict",
      `This run cannot go on with version ${String(version)}. ${way.refusal} Retry it on version ${String(run.version)}, or start a new run.`,
    );
  return { goOn: { versionId: way.versionId, version, dropped: way.dropped, generation: run.generation } };
}

const refusals: Readonly<Record<CarryRefusal, (step: string) => string>> = {
  other_kind: (step) => `${step} is done already, and is something else in it.`,
  begun_otherwise: (step) => `${step} has begun, and is built in another way in it.`,
  would_repeat: (step) =>
    `${step} is done already, and would be done a second time, because what leads to it was changed.`,
};

/** What a retry leaves in the fold; see `retry` in prisma/functions/14-control.sql. */
function isKept({ status, handle }: JournalRow): boolean {
  return status === "completed" || status === "skipped" || (status === "failed" && handle !== null);
}

function inputOf({ input, inputEdits }: RunDetailRow): JsonObject {
  return { ...(input as JsonObject), ...(inputEdits as JsonObject | null) };
}

/** The same for people, before somebody does it. */
export async function goOnOf(actor: Actor, idText: string): Promise<GoOn | null> {
  requireScope(actor, "runs:read");
  const way = await wayOn(actor.organizationId, await visibleRun(actor, idText));
  return way && { version: way.version, refusal: way.refusal, askedAgain: way.askedAgain };
}
