import { descendants } from "@/core/engine/descendants";
import { isActedOn } from "@/core/engine/input-reads";
import { AppError } from "@/core/errors";
import type { StepDefinitions } from "@/core/workflow/step-definition";
import { stepDefinitions } from "@/steps/definitions";
import { loadVersion } from "./load-version";
import { findRun } from "./repository";
import type { OrganizationId } from "@/server/db/tenant";

/**
 * Refuses a result that somebody types in for a call behind an approval, where it goes anywhere: to steps after it, or out as
 * the result of the run. They would pass on what one person said and nobody approved.
 */
export async function requireNoUnapprovedOutput(
  organizationId: OrganizationId,
  { runId, nodeId }: { runId: string; nodeId: string },
): Promise<void> {
  const run = await findRun(organizationId, runId);
  if (!run) return;
  const { plan } = await loadVersion(organizationId, run.versionId);
  const definitions: StepDefinitions = stepDefinitions;
  const isBehindApproval = [...plan.nodes.values()].some(
    ({ id, type }) => definitions[type]?.answeredWith === "approvals:decide" && descendants(plan, id).has(nodeId),
  );
  if (!isBehindApproval || !isActedOn(plan, nodeId, definitions)) return;
  const message =
    "What this call gave goes on to later steps or is the result of the run, and nobody approved one that is typed in. Answer without a result, or cancel the run and start a new one.";
  throw new AppError("validation_failed", message, [
    { code: "unapproved_output", severity: "error", path: "output", message },
  ]);
}
