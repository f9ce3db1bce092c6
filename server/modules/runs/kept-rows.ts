import { descendants } from "@/core/engine/descendants";
import type { Plan } from "@/core/engine/plan";
import { isSamePass } from "@/core/engine/same-pass";
import { stepDefinition } from "@/steps/definitions";
import { givenApprovals, settledRows, triedSteps, type KeptRow } from "./history-store";
import { loadVersion } from "./load-version";

/** What a restored run begins with, and what of the snapshot it does not. */
export interface KeptRows {
  kept: KeptRow[];
  /** Approvals that are asked again, and all that had come after them. */
  dropped: KeptRow[];
  /** Those approvals, as the question that is asked again shows them. */
  askedAgain: AskedAgain[];
}

/** An approval that was given in another run. */
export interface AskedAgain {
  key: string;
  runId: string;
  /** Null where nobody decided and its time ran out. */
  by: string | null;
  at: string | null;
  /** Whether the other run did any of what it allowed. */
  happened: boolean;
}

/**
 * An approval is used up by the run in which it was given: one "yes" may not pay in two runs. Where something that acts stands behind
 * it, the new run asks again and goes on from there. One that only leads to more questions and values is kept.
 */
export async function keptRows(
  run: { id: string; organizationId: string; versionId: string },
  position: number,
): Promise<KeptRows> {
  const [{ plan }, rows] = await Promise.all([
    loadVersion(run.organizationId, run.versionId),
    settledRows(run.id, position),
  ]);
  const usedUp = rows.filter((row) => isUsedUp(plan, row));
  const isBehind = (row: KeptRow) =>
    usedUp.some(
      (approval) =>
        row.key === approval.key ||
        (descendants(plan, approval.nodeId).has(row.nodeId) && isSamePass(approval.iteration, row.iteration)),
    );
  const kept = rows.filter((row) => !isBehind(row));
  if (usedUp.length === 0) return { kept, dropped: [], askedAgain: [] };
  const [given, tried] = await Promise.all([
    givenApprovals(
      run.id,
      usedUp.map(({ key }) => key),
    ),
    triedSteps(run.id),
  ]);
  const askedAgain = usedUp.map(({ key, nodeId, iteration }) => {
    const behind = descendants(plan, nodeId);
    const happened = tried.some(
      (step) =>
        behind.has(step.nodeId) &&
        plan.nodes.get(step.nodeId)?.kind === "effect" &&
        isSamePass(iteration, step.iteration),
    );
    const found = given.find((each) => each.key === key);
    return { key, runId: run.id, by: found?.by ?? null, at: found?.at?.toISOString() ?? null, happened };
  });
  return { kept, dropped: rows.filter(isBehind), askedAgain };
}

/** Nobody who said no is asked for anything by it. */
function isUsedUp(plan: Plan, { type, nodeId, handle }: KeptRow): boolean {
  const decides = stepDefinition(type)?.decides;
  if (decides === undefined || handle === null || handle === decides.no) return false;
  return [...descendants(plan, nodeId)].some((id) => plan.nodes.get(id)?.kind === "effect");
}
