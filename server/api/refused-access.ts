import type { AppError } from "@/core/errors";
import type { Actor } from "@/server/db/tenant";
import { createMinuteGate } from "@/server/db/minute-gate";
import { noteAct } from "@/server/db/transaction";
import { logger } from "@/server/logger";

const isFirstOfMinute = createMinuteGate();

/**
 * Says in the audit log that somebody was refused (403) something: one line a minute for each actor and reason, so that
 * nobody can flood it. Never fails: the refusal itself is what counts.
 * @param what the route or procedure that refused
 */
export async function noteRefusedAccess(actor: Actor, refusal: AppError, what: string): Promise<void> {
  if (refusal.status !== 403) return;
  if (!isFirstOfMinute(`${actor.organizationId} ${actor.id} ${refusal.code}`)) return;
  const { code: reason, message } = refusal;
  await noteAct(actor, "access.refused", { type: "access", id: actor.id }, { reason, message, what }).catch(
    (error: unknown) => {
      logger().error({ err: error }, "a refusal could not be written into the audit log");
    },
  );
}
