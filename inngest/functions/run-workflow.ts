import type { HoldpointInngest } from "@/inngest/client";
import { eventNames, poisonedCall, type RunRequested } from "@/inngest/events";
import { driveRun } from "@/inngest/runtime/drive-run";
import type { RunTurns } from "@/inngest/runtime/run-turns";
import { isAsleep } from "@/server/modules/runs/service";

/** The durable function that drives runs: one function run per driver. A driver that fails for good is replaced. */
export function createRunWorkflow(client: HoldpointInngest, turns: RunTurns) {
  return client.createFunction(
    {
      id: "run-workflow",
      name: "Run a workflow version",
      retries: 20,
      triggers: [{ event: eventNames.runRequested }],
      onFailure: async ({ event, step }) => {
        const { runId, generation } = event.data.event.data as unknown as RunRequested;
        const isPoisoned = event.data.error.name === poisonedCall;
        await step.run("revive", () => turns.revive({ runId, generation, isPoisoned }));
      },
    },
    async ({ event, step, runId, attempt }) => {
      const requested = event.data as RunRequested;
      // It ends and has recorded nothing: the sweeper asks for another when the run may go on.
      if (await isAsleep(requested.runId)) return;
      await driveRun(turns, step, requested, { driverId: runId, isRepeated: attempt > 0 });
    },
  );
}
