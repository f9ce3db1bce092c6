import type { RunStep } from "@/core/contracts/run";
import { hasScope, type Actor } from "@/server/db/tenant";
import { noteShown } from "./shown-store";

/** Pages never ask for addresses: only who sets up an outside system over the API needs them. */
export interface AddressChoice {
  addresses?: boolean;
}

/**
 * With the addresses that waits for a call are answered at, for those who build workflows. Whoever has one can answer as the
 * outside system, so from then on they count among those who gave the run its values, and four eyes bar them (18-requesters.sql).
 */
export async function withAddresses(actor: Actor, steps: readonly RunStep[]): Promise<RunStep[]> {
  if (!hasScope(actor, "workflows:write") || actor.userId === null) return withoutAddresses(steps);
  const shown = steps.flatMap(({ waiting }) => (waiting?.callbackUrl === undefined ? [] : [waiting.waitpointId]));
  if (shown.length > 0) await noteShown(actor.organizationId, shown, actor.userId);
  return [...steps];
}

export function withoutAddresses(steps: readonly RunStep[]): RunStep[] {
  return steps.map((step) => {
    if (!step.waiting) return step;
    const { callbackUrl: _hidden, ...waiting } = step.waiting;
    return { ...step, waiting };
  });
}
