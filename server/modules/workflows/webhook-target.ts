import { hashToken } from "@/server/digest";
import { isClosed, requireOpen } from "@/server/auth/demo-organizations";
import { keyRing } from "@/server/auth/key-ring";
import { triggerContext } from "@/server/integrations/secrets/key-ring";
import type { Trigger } from "@/core/workflow/document";
import type { TriggerDefinition } from "@/core/workflow/trigger-definition";
import { requireStartable } from "./policy";
import { AppError } from "@/core/errors";
import { startableWorkflow, startFacts, webhookAddress, type StartFacts } from "./start-facts";
import type { WebhookAddress } from "./store";

/** What stands behind the address of a webhook or an intake form. */
export interface WebhookTarget {
  address: WebhookAddress;
  /** What calls must prove that they know; null when the trigger has no secret. */
  secret: string | null;
  /** The trigger of the live version and what a start needs; throws the refusal when nothing may start. */
  live(): Promise<{ trigger: Trigger; facts: StartFacts }>;
}

/** Null: nobody was given this token for a trigger of this type. */
export async function webhookTarget(
  token: string,
  { type: kind, hasSecret }: TriggerDefinition,
): Promise<WebhookTarget | null> {
  const address = await webhookAddress(hashToken(token), kind);
  if (!address) return null;
  // People at a form are told why; machines, which prove themselves, get what an address gives that nobody has.
  if (hasSecret && isClosed(address.organizationId)) return null;
  requireOpen(address.organizationId);
  return {
    address,
    secret:
      address.secretSealed === null
        ? null
        : keyRing().open(address.secretSealed, triggerContext(address.organizationId, address.addressId)),
    async live() {
      const facts = await startFacts(requireStartable(address));
      const trigger = facts.triggers.find(({ id, type }) => id === address.triggerId && type === kind);
      if (!trigger)
        throw new AppError(
          "workflow_draft",
          `The published version of "${address.slug}" does not have this ${kind} yet. Publish the draft that has it.`,
        );
      return { trigger, facts };
    },
  };
}

/** A trigger of the version that new runs take; null when it is not part of it. */
export async function findLiveTrigger(
  organizationId: string,
  workflowId: string,
  triggerId: string,
): Promise<Trigger | null> {
  const workflow = await startableWorkflow(organizationId, workflowId);
  if (!workflow?.versionId) return null;
  const { triggers } = await startFacts(workflow.versionId);
  return triggers.find(({ id }) => id === triggerId) ?? null;
}
