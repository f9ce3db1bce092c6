import type { RepairContext } from "@/core/contracts/repair";
import { failingValues } from "@/core/failing-values";
import { shortened } from "@/core/service-answer";
import type { Actor } from "@/server/db/tenant";
import { correctable, goOnOf, masksOfRuns, noMask, runStepsBrief, stepOf } from "@/server/modules/runs/service";
import { toRepairItems } from "./items";
import { findRound, findTriedBefore, type RepairRow } from "./store";

/** One failed run with all that a choice about it needs. Refused to those who may not see the run. */
export async function repairContext(actor: Actor, row: RepairRow): Promise<RepairContext | null> {
  const { organizationId } = actor;
  const [can, goOn, [item], step, steps, masks, round, triedBefore] = await Promise.all([
    correctable(actor, row.runId, row.nodeId),
    row.status === "open" ? goOnOf(actor, row.runId) : null,
    toRepairItems(actor, [row]),
    // What it gave way to has another id, and the old tries stand there.
    row.stepId === null ? null : stepOf(actor, row.runId, row.stepId).catch(() => null),
    runStepsBrief(row.runId),
    masksOfRuns(organizationId, [row.runId]),
    findRound(organizationId, row.runId),
    findTriedBefore(organizationId, row.runId),
  ]);
  if (!item) return null;
  const mask = masks.get(row.runId) ?? noMask;
  const isOpen = row.status === "open" && item.canAnswer;
  return {
    ...item,
    step: step && {
      name: step.name,
      type: step.type,
      input: shortened(step.input),
      attempts: step.attempts,
      error: step.error,
    },
    failing: step === null ? [] : failingValues(step.input, step.error ?? { message: item.detail }),
    steps: steps.map(({ nodeId, ...each }) => ({
      ...each,
      summary: each.summary === null ? null : (mask.secrets.steps.get(nodeId)?.summary ?? mask(each.summary)),
    })),
    fix: isOpen ? can.fix : null,
    triedBefore,
    skipRefused: can.skipRefused,
    goOn: isOpen ? goOn : null,
    round,
  };
}
