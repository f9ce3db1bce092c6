import type { PinnedResult } from "@/core/contracts/test-run";
import { compile } from "@/core/engine/compile";
import { descendants } from "@/core/engine/descendants";
import { AppError } from "@/core/errors";
import type { Actor } from "@/server/db/tenant";
import { recordedResults, visibleRun } from "@/server/modules/runs/service";
import { stepDefinitions } from "@/steps/definitions";
import type { TestedDocument } from "./tested-document";

/**
 * For a run from one step on: what the steps that neither are it nor depend on it gave in an earlier run of the workflow.
 * What is decided from data alone is decided again; a container around the step is run again, its other steps are not.
 */
export async function recordedPins(
  actor: Actor,
  { workflow, document }: TestedDocument,
  from: { nodeId: string; runId: string },
): Promise<Record<string, PinnedResult>> {
  const run = await visibleRun(actor, from.runId);
  if (run.workflowId !== workflow.id) throw new AppError("not_found", "This workflow has no such run.");
  const plan = compile(document.spec, document.config, stepDefinitions);
  if (!plan.nodes.has(from.nodeId))
    throw new AppError("validation_failed", `There is no step "${from.nodeId}" that a run could reach.`, [
      { code: "unknown_step", path: "from.nodeId", message: "Name a step of the draft." },
    ]);
  const after = descendants(plan, from.nodeId);
  const pins: Record<string, PinnedResult> = {};
  for (const { key, nodeId, type, handle, output } of await recordedResults(actor.organizationId, run)) {
    const node = plan.nodes.get(nodeId);
    if (node?.type !== type || node.kind === "pure" || nodeId === from.nodeId || after.has(nodeId)) continue;
    pins[key] = { handle, output };
  }
  return pins;
}
