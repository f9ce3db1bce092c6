import type { HoldpointInngest } from "@/inngest/client";
import { eventNames, type DecisionDue } from "@/inngest/events";
import type { RunStore } from "@/server/modules/runs/store";

/** Carries out what somebody decided and did not take back. Asked twice, or too early, it does nothing. */
export function createDecisionDueFunction(client: HoldpointInngest, store: Pick<RunStore, "decisionDue">) {
  return client.createFunction(
    {
      id: "decision-due",
      name: "Carry out a decision",
      retries: 20,
      triggers: [{ event: eventNames.decisionDue }],
    },
    async ({ event, step }) => {
      const { waitpointId, organizationId } = event.data as DecisionDue;
      return await step.run("carry-out", async () => {
        const { ok = false, reason = null } = await store.decisionDue({ id: waitpointId, org: organizationId });
        return { ok, reason };
      });
    },
  );
}
