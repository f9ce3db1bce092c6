import type { RunStep } from "@/core/contracts/run";
import { hasScope, type Actor } from "@/server/db/tenant";
import { noteFormsShown, noteShown } from "./shown-store";

/** Pages never ask for addresses: only who sets up an outside system over the API needs them. */
export interface AddressChoice {
  addresses?: boolean;
}

/**
 * With the addresses that waits are answered at, for those who build workflows. Whoever has one can answer as the outside system or
 * the person asked, so from then on they count among those who gave the run its values, and four eyes bar them (18-requesters.sql).
 */
export async function withAddresses(actor: Actor, runId: string, steps: readonly RunStep[]): Promise<RunStep[]> {
  if (!hasScope(actor, "workflows:write") || actor.userId === null) return withoutAddresses(actor, steps);
  const shown = steps.flatMap(({ waiting }) => (waiting?.callbackUrl === undefined ? [] : [waiting.waitpointId]));
  if (shown.length > 0) await noteShown(actor.organizationId, shown, actor.userId);
  if (steps.some(({ waiting }) => waiting?.formUrl !== undefined))
    await noteFormsShown(actor.organizationId, [runId], actor.userId);
  return [...steps];
}

/** Whether a form has an address that they may ask for is told. */
export function withoutAddresses(actor: Actor, steps: readonly RunStep[]): RunStep[] {
  return steps.map((step) => {
    if (!step.waiting) return step;
    const { callbackUrl: _called, formUrl, ...waiting } = step.waiting;
    const hasPage = formUrl !== undefined && hasScope(actor, "forms:submit");
    return { ...step, waiting: { ...waiting, ...(hasPage ? { hasPage } : {}) } };
  });
}
