import { logger } from "@/server/logger";
import { purgeTrash } from "@/server/modules/library/service";
import { deleteExpired } from "@/server/modules/retention/service";
import { sumUpRuns } from "@/server/modules/workflows/service";
import { startPeriodic } from "./periodic";

const everyMs = 60 * 60_000;
const sumsEveryMs = 5 * 60_000;

/** Once an hour: what is older than people want it kept goes. Every few minutes: what is counted is summed up. */
export function startRetention(): { stop(): void } {
  const log = logger();
  const sums = startPeriodic(sumsEveryMs, sumUpRuns, log);
  const deletions = startPeriodic(
    everyMs,
    async () => {
      const deleted = await deleteExpired();
      if (Object.values(deleted).some((count: number) => count > 0))
        log.info(deleted, "what was kept long enough was deleted");
      const workflows = await purgeTrash();
      if (workflows > 0) log.info({ workflows }, "workflows that were in the trash for a month were deleted");
    },
    log,
  );
  return {
    stop() {
      sums.stop();
      deletions.stop();
    },
  };
}
