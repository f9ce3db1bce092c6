import { askAboutUnknownOutcome } from "./ask-outcome";
import { askAgain, staleApproval } from "./bound-values";
import { commitTurn, parkAgain, stopped, type TurnMemo } from "./commit-turn";
import { commitQuestion, isStopped, type DriverTarget, type LockedTurns } from "./locked-turns";
import { isOutOfTime, isUnknownOutcome, performEffect, stopOutOfTime, type PerformedEffect } from "./perform-effect";
import { recordOutcome } from "./record-outcome";
import { isRefusedContent, unstorable } from "./refused-commits";
import type { RunSession, RunSessions } from "./run-session";
import type { RuntimeDeps } from "./runtime-deps";
import { pinAt } from "./test-run";
import { beginTurn, planNode, putRow, type Place, type Turn } from "./turn";

/** An attempt of an effect, as a driver was told to make it. `seq`: how far the journal was then. */
export type EffectCall = Place & { attempt: number; seq: number };

/**
 * One attempt of one effect: the journal is asked first, the call is made with everything its predecessors recorded in sight,
 * and its outcome is committed with all that follows from it.
 */
export async function takeEffect(
  deps: RuntimeDeps,
  sessions: RunSessions,
  turns: LockedTurns,
  run: { target: DriverTarget; place: EffectCall; stepId: string },
): Promise<TurnMemo> {
  const { target, place, stepId } = run;
  const keepMemo = { at: place.key, driverId: target.driverId };
  const session = await sessions.get(target.runId, target.generation, place.seq);
  if (!session || isStopped(session, target)) return stopped;
  if (memoAt(deps, session, target, place)) {
    // Once more in turn: what another driver's turn is about to write may come to nothing.
    const recorded = await turns.locked<TurnMemo | null>(target, stopped, (current) =>
      Promise.resolve({ ok: true, value: memoAt(deps, current, target, place) }),
    );
    if (recorded) return recorded;
  }
  if ((session.bound.size > 0 || session.earlier !== null) && !(await isCovered())) return stopped;
  const unsafe = planNode(session, place.nodeId).repeatable === "unsafe" && pinAt(session, place) === null;
  // What another process committed meanwhile is in the session that recorded the intent, not in the one from before.
  let acting = session;
  if (unsafe || wasInterrupted(session, place)) {
    const answer = unsafe ? await recordIntent() : await recordRepeat();
    if (answer !== "go") return answer;
  } else if (target.isRepeated && !(await deps.store.heartbeat(target.runId, target.generation))) {
    // It was silent for long, and taken for dead: whoever was asked in its place makes this call.
    return stopped;
  }
  const performed = await performEffect(deps, acting, place, {
    attempt: place.attempt,
    onSlow: () => {
      if (!unsafe) void showRunning().catch(() => undefined);
    },
  });
  try {
    return await settle(performed);
  } catch (error) {
    if (!isRefusedContent(error)) throw error;
    deps.log.error({ err: error, run: target.runId, step: place.key }, "what a step said could not be stored");
    const evaluator = { ...performed.evaluator, seen: new Map(), warnings: [] };
    return await settle({ ...performed, evaluator, outcome: unstorable, receipts: [] });
  }

  function settle({ outcome, timing, evaluator, receipts }: PerformedEffect): Promise<TurnMemo> {
    return turns.locked<TurnMemo>(target, stopped, async (current) => {
      const settled = memoAt(deps, current, target, place);
      if (settled) return { ok: true, value: settled };
      const turn = beginTurn(current, deps.clock.now());
      current.run.activeMs += Math.max(0, timing.endedAt - timing.startedAt);
      turn.parts.receipts.push(...receipts);
      const performed = { outcome, timing, evaluator, receipts };
      if (unsafe && isUnknownOutcome(outcome)) await askAboutUnknownOutcome(deps, turn, place, place.attempt);
      else if (isOutOfTime(current, performed)) stopOutOfTime(turn, place, performed);
      else recordOutcome(deps, turn, place, outcome, performed);
      return turns.commit(turn, stepId, { keepMemo });
    });
  }

  /** An unsafe step says so before it acts. Finding that it did and that nobody knows more, a person is asked. */
  function recordIntent(): Promise<TurnMemo | "go"> {
    return turns.locked<TurnMemo | "go">(target, stopped, async (current) => {
      const turn = beginTurn(current, deps.clock.now());
      const row = current.rows.get(place.key);
      // A row of an earlier generation may be further: its attempt was cut off, and nobody has said what came of it.
      if (row?.engine?.intent && row.attempt >= place.attempt) {
        await askAboutUnknownOutcome(deps, turn, place, place.attempt);
        return turns.commit(turn, stepId, { keepMemo });
      }
      putRow(turn, place, { status: "running", attempt: place.attempt, engine: { intent: true }, startedAt: turn.now });
      return go(turn);
    });
  }

  /** The call was under way when its process died. It is made again under the same key, and the record says so. */
  function recordRepeat(): Promise<TurnMemo | "go"> {
    return turns.locked<TurnMemo | "go">(target, stopped, async (current) => {
      const settled = memoAt(deps, current, target, place);
      if (settled) return { ok: true, value: settled };
      const turn = beginTurn(current, deps.clock.now());
      const before = current.rows.get(place.key);
      const at = new Date(before?.startedAt ?? turn.now).toISOString();
      const error = {
        code: "interrupted",
        message: "Holdpoint was stopped during this call. The call was made again, with the same idempotency key.",
      };
      putRow(turn, place, {
        status: "running",
        attempt: place.attempt,
        engine: { underWay: true },
        attempts: [...(before?.attempts ?? []), { n: place.attempt, at, ms: 0, error, interrupted: true }],
        startedAt: turn.now,
      });
      turn.parts.log.push({
        type: "step.repeated",
        at: turn.now,
        actor: null,
        data: {
          node_id: place.nodeId,
          name: planNode(current, place.nodeId).name,
          ...(place.iteration === "" ? {} : { iteration: place.iteration }),
        },
      });
      return go(turn);
    });
  }

  async function go(turn: Turn): Promise<{ ok: true; value: "go" } | { ok: false }> {
    const result = await commitTurn(deps, turn, { stepId: null });
    if (!result.ok) return { ok: false };
    acting = turn.session;
    return { ok: true, value: "go" };
  }

  /** What was approved is what runs: with changed values nothing is sent, and the approval is asked again. */
  function isCovered(): Promise<boolean> {
    return turns.locked<boolean>(target, false, async (current) => {
      const turn = beginTurn(current, deps.clock.now());
      const stale = staleApproval(current, place, turn.now);
      if (stale === null) return { ok: true, value: true };
      current.active.delete(place.key);
      await askAgain(deps, turn, stale);
      const asked = await commitQuestion(deps, sessions, turn, stepId);
      return asked.ok ? { ok: true, value: false } : asked;
    });
  }

  /** A step that lasts is shown as running; a quick one never costs this extra row write. */
  function showRunning(): Promise<null> {
    return turns.locked<null>(target, null, async (current) => {
      const row = current.rows.get(place.key);
      if (!current.active.has(place.key) || (row?.attempt === place.attempt && row.engine?.underWay === true))
        return { ok: true, value: null };
      const turn = beginTurn(current, deps.clock.now());
      putRow(turn, place, {
        status: "running",
        attempt: place.attempt,
        engine: { underWay: true },
        startedAt: turn.now - 200,
      });
      const result = await commitTurn(deps, turn, { stepId: null });
      return result.ok ? { ok: true, value: null } : { ok: false };
    });
  }
}

/** Statuses of an attempt whose outcome is not recorded yet. */
const undecided: ReadonlySet<string> = new Set(["pending", "running"]);

/**
 * Journal first: an attempt whose outcome is recorded is never made again. Where the record has moved on since (a person
 * answered, another attempt was made), its driver is sent to wait, and learns there what it was told last.
 */
function memoAt(deps: RuntimeDeps, session: RunSession, target: DriverTarget, place: EffectCall): TurnMemo | null {
  const row = session.rows.get(place.key);
  if (!row || row.attempt < place.attempt) return null;
  // Cut off, whatever its attempt: nobody has said what came of it.
  if (row.status === "cancelled" || (row.attempt === place.attempt && undecided.has(row.status))) return null;
  if (row.attempt === place.attempt && row.engine?.memo) {
    const { memo, toldTo } = row.engine;
    // Sent for twice: what follows is for the driver that was told of it.
    const isOthers = toldTo?.generation === target.generation && toldTo.driver !== target.driverId;
    return isOthers ? { next: [], end: "idle", dueAt: null, seq: session.run.seq } : (memo as unknown as TurnMemo);
  }
  return parkAgain(session, deps.clock.now(), session.run.seq);
}

function wasInterrupted(session: RunSession, place: EffectCall): boolean {
  const row = session.rows.get(place.key);
  return row?.status === "running" && row.attempt === place.attempt && row.engine?.underWay === true;
}
