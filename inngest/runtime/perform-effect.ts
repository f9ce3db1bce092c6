import type { JsonObject } from "@/core/json";
import type { StepError } from "@/core/step-error";
import type { StepOutcome } from "@/core/ports";
import { timerMs } from "@/core/schedule/timer-limit";
import { guarded, stepContext } from "./step-context";
import type { NodeEvaluator } from "./node-evaluator";
import type { StepTiming } from "./record-outcome";
import type { RuntimeDeps } from "./runtime-deps";
import type { RunSession } from "./run-session";
import { isAsking } from "./is-asking";
import { feed, planNode, putRow, type Place, type Turn } from "./turn";

/** An executed effect, not yet recorded. */
export interface PerformedEffect {
  outcome: StepOutcome;
  evaluator: NodeEvaluator;
  timing: StepTiming;
  receipts: JsonObject[];
}

const heartbeatMs = 10_000;

/** Executes one attempt of an effect, bounded by its own timeout and by what is left of the run's active time. */
export async function performEffect(
  deps: RuntimeDeps,
  session: RunSession,
  place: Place,
  call: { attempt: number; onSlow(): void },
): Promise<PerformedEffect> {
  const node = planNode(session, place.nodeId);
  const startedAt = deps.clock.now();
  const abort = new AbortController();
  const left = session.plan.config.timeoutMs - session.run.activeMs;
  const limit = timerMs(Math.min(left, node.timeoutMs ?? left));
  const deadline = setTimeout(() => {
    abort.abort(new DOMException("The step took longer than it may", "TimeoutError"));
  }, limit);
  const slow = setTimeout(call.onSlow, 200);
  const beat = setInterval(() => {
    deps.store.heartbeat(session.run.id, session.run.generation).catch(() => undefined);
  }, heartbeatMs);
  const receipts: JsonObject[] = [];
  const { executor, context, evaluator } = stepContext(deps, session, place, {
    attempt: call.attempt,
    now: startedAt,
    signal: abort.signal,
    onReceipt: (receipt) => {
      receipts.push({ ...receipt });
    },
  });
  try {
    const outcome = await Promise.race([guarded(deps, () => executor.execute(context)), aborted(abort.signal, limit)]);
    // A timer may fire a millisecond early; what was cut off has used up all that it had.
    const endedAt = Math.max(deps.clock.now(), abort.signal.aborted ? startedAt + limit : 0);
    return { outcome, evaluator, timing: { attempt: call.attempt, startedAt, endedAt }, receipts };
  } finally {
    clearTimeout(deadline);
    clearTimeout(slow);
    clearInterval(beat);
  }
}

function aborted(signal: AbortSignal, limit: number): Promise<StepOutcome> {
  return new Promise((resolve) => {
    signal.addEventListener(
      "abort",
      () => {
        resolve({
          kind: "failed",
          error: {
            code: "timeout",
            message: `No answer within ${String(limit)} ms. Raise the step's timeout, or check the service it calls.`,
            class: "timeout",
          },
        });
      },
      { once: true },
    );
  });
}

/**
 * True when an unsafe step may have acted without anybody knowing: its intent was recorded and no complete answer was,
 * or the attempt ended without one. A 5xx is an answer.
 */
export function isUnknownOutcome(outcome: StepOutcome): boolean {
  return outcome.kind === "failed" && (outcome.error.outcomeUnknown ?? unknownClasses.has(outcome.error.class));
}

const unknownClasses: ReadonlySet<StepError["class"]> = new Set(["timeout", "network"]);

/** True when an attempt failed and the run's active time is gone: then the limit is the reason, not the step. */
export function isOutOfTime(session: RunSession, { outcome }: PerformedEffect): boolean {
  return outcome.kind === "failed" && session.run.activeMs >= session.plan.config.timeoutMs && !isAsking(session);
}

/** The attempt is shown as cut off, with what it said, and the run ends with the reason `timeout`. */
export function stopOutOfTime(turn: Turn, place: Place, { outcome, timing }: PerformedEffect): void {
  const { attempt, startedAt, endedAt } = timing;
  const error = outcome.kind === "failed" ? { code: outcome.error.code, message: outcome.error.message } : null;
  turn.session.active.delete(place.key);
  putRow(turn, place, { status: "cancelled", attempt, error, startedAt, endedAt, durationMs: endedAt - startedAt });
  feed(turn, { type: "deadline", at: turn.now, reason: "timeout" });
}
