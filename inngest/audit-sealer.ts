import { hotPool } from "@/server/db/pools";
import { logger } from "@/server/logger";
import { createSealer } from "@/server/modules/audit/service";
import { startPeriodic } from "./periodic";

const everyMs = 15_000;

/** Four times a minute, and once more when it stops: the audit log's newest lines become links of their organizations' chains. */
export function startAuditSealer(): { stop(): Promise<void> } {
  const sealer = createSealer(hotPool());
  const periodic = startPeriodic(
    everyMs,
    async () => {
      await sealer.seal();
    },
    logger(),
  );
  return {
    async stop() {
      periodic.stop();
      await sealer.seal().catch((error: unknown) => {
        logger().warn({ err: error }, "the newest lines of the audit log are left for the next start to seal");
      });
    },
  };
}
