import { hotPool } from "@/server/db/pools";
import { isEmbedded } from "@/server/env";
import { logger } from "@/server/logger";
import { finishEvents } from "@/server/modules/events/service";
import { sweepRuns } from "@/server/modules/runs/sweep-store";
import { startPeriodic } from "./periodic";

/** How often the backstops look, ms. Everything normal is told by events; this bounds what a lost one costs. */
const runsEveryMs = 2_000;
const eventsEveryMs = 30_000;
/** With a server of its own, Inngest may hold a driver back in its queue for a while without a sign of life here, s. */
export const silentElsewhere = 600;

/** Finishes what nobody works on any more: unheeded wake-ups, dead drivers, events whose process died half-way. */
export function startSweeper(): { stop(): void } {
  const log = logger();
  const runs = startPeriodic(runsEveryMs, sweepRunsOnce, log);
  const events = startPeriodic(
    eventsEveryMs,
    async () => {
      await finishEvents();
    },
    log,
  );
  return {
    stop() {
      runs.stop();
      events.stop();
    },
  };
}

async function sweepRunsOnce(): Promise<void> {
  const { woken, revived, placed } = await sweepRuns(hotPool(), isEmbedded() ? undefined : silentElsewhere);
  if (woken > 0) logger().warn({ woken }, "wake-ups were sent again");
  if (placed > 0) logger().warn({ placed }, "runs that waited for a place were given one");
  if (revived.length > 0) logger().warn({ runs: revived }, "runs without a living driver were given a new one");
}
