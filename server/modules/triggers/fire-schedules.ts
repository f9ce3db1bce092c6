import { AppError } from "@/core/errors";
import { systemActor } from "@/server/auth/actor";
import { logger } from "@/server/logger";
import { noteCall } from "@/server/modules/webhooks/service";
import { scheduleGroup, startWorkflow } from "@/server/modules/runs/service";
import { startOfTick } from "@/triggers/schedule/start";
import { dueTicks } from "./due-ticks";
import { claimDueSchedules, hasOpenRun, nextScheduleAt, type DueSchedule, type MovedSchedule } from "./schedule-store";

export interface SchedulePass {
  /** When to look again at the latest, ms; null = nothing is scheduled. */
  nextAt: number | null;
  /** Schedules that are due and could not be worked on now. */
  stuck: number;
}

const batch = 50;
const retryMs = 5_000;

/**
 * Fires every schedule that is due. Several workers may do so at once: each tick starts one run.
 * @param upSince since when this process looks after schedules, ms: what was due before was missed
 */
export async function fireDueSchedules(now: () => number = Date.now, upSince = 0): Promise<SchedulePass> {
  for (;;) {
    const at = now();
    let stuck = 0;
    const claimed = await claimDueSchedules(new Date(at), batch, async (due) => {
      const moved = await Promise.all(due.map((schedule) => fireSchedule(schedule, at, upSince)));
      stuck = moved.filter(({ nextAt }) => nextAt !== null && nextAt.getTime() <= at).length;
      return moved;
    });
    if (claimed === batch && stuck < batch) continue;
    const next = (await nextScheduleAt())?.getTime() ?? null;
    // What another worker holds, or what could not be started, is looked at again in a moment.
    return { nextAt: next === null ? null : next <= at ? at + retryMs : next, stuck };
  }
}

async function fireSchedule(schedule: DueSchedule, now: number, upSince: number): Promise<MovedSchedule> {
  const { fire, next } = dueTicks(schedule.trigger, schedule.nextAt.getTime(), now, upSince);
  let lastAt = schedule.lastAt;
  for (const tick of fire) {
    const isDone = await fireTick(schedule, tick, now).catch((error: unknown) => {
      logger().error(
        { err: error, workflow: schedule.slug, triggerId: schedule.trigger.id },
        "a schedule did not fire",
      );
      return false;
    });
    if (!isDone) return { id: schedule.id, nextAt: new Date(tick), lastAt };
    lastAt = new Date(tick);
  }
  return { id: schedule.id, nextAt: next === null ? null : new Date(next), lastAt };
}

/** False: the tick must wait. A tick that is refused is done: it was noted why. */
async function fireTick(schedule: DueSchedule, tick: number, now: number): Promise<boolean> {
  const { trigger, workflowId, organizationId } = schedule;
  const overlap = trigger.overlap ?? "allow";
  const scheduledAt = new Date(tick).toISOString();
  const isOpen = overlap !== "allow" && (await hasOpenRun(schedule, trigger.id));
  if (isOpen && overlap === "skip") {
    refused(schedule, scheduledAt, 409, "Left out: the run before has not ended.");
    return true;
  }
  try {
    const made = startOfTick(trigger, { scheduledAt, lastAt: schedule.lastAt?.toISOString() ?? null }, now);
    if (!made.ok) throw new AppError("validation_failed", made.message);
    const run = await startWorkflow(systemActor(organizationId), {
      workflow: workflowId,
      ...made.start,
      // A workflow with a limit of its own queues by that one; then the tick itself waits here.
      ...(overlap === "allow"
        ? {}
        : {
            group: {
              ...scheduleGroup(trigger.id),
              whenFull: overlap === "skip" ? ("skip" as const) : ("queue" as const),
            },
          }),
    });
    logger().info({ workflow: schedule.slug, triggerId: trigger.id, scheduledAt, runId: run.id }, "a schedule fired");
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    refused(schedule, scheduledAt, error.status, error.message);
  }
  return true;
}

/** Kept where the Triggers tab reads it. */
function refused(schedule: DueSchedule, scheduledAt: string, status: number, message: string): void {
  const { organizationId, workflowId, slug, trigger } = schedule;
  logger().info({ workflow: slug, triggerId: trigger.id, scheduledAt, status, message }, "a schedule started no run");
  noteCall({ organizationId, workflowId, triggerId: trigger.id, status, message, body: { scheduledAt }, runId: null });
}
