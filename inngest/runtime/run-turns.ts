import { outstanding } from "@/core/engine/outstanding";
import { isFinalRunStatus } from "@/core/engine/transitions";
import { askAgain, staleApproval } from "./bound-values";
import { commitTurn, stopped, type CommitOptions, type TurnMemo } from "./commit-turn";
import { askAboutUnknownOutcome, isOutOfTime, isUnknownOutcome, performEffect, stopOutOfTime } from "./perform-effect";
import { recordOutcome } from "./record-outcome";
import { enforceDeadline, openAgeLimit } from "./run-limits";
import { createRunSessions, type RunSession } from "./run-session";
import type { RuntimeDeps } from "./runtime-deps";
import { takeReady } from "./take-ready";
import { drainTurn } from "./take-turn";
import { pinAt } from "./test-run";
import { beginTurn, planNode, putRow, type Place, type Turn } from "./turn";

/** Which run a driver drives, and in which generation; a newer generation fences it. */
export interface DriverTarget {
  runId: string;
  generation: number;
  driverId: string;
}

/** The durable turns of a run. Each is the body of one `step.run`; what it returns is that step's memo. */
export interface RunTurns {
  /** Takes what is runnable: at the start, after resume, retry and continuation. */
  begin(target: DriverTarget, stepId: string): Promise<TurnMemo>;
  effect(target: DriverTarget, place: Place & { attempt: number }, stepId: string): Promise<TurnMemo>;
  park(target: DriverTarget, stepId: string): Promise<{ parked: boolean }>;
  /** Takes resolutions and due times; with nothing to take, says whether this driver should park again. */
  read(target: DriverTarget, stepId: string): Promise<TurnMemo>;
  /** Hands the run to a fresh driver of the next generation, so that no driver's memory grows without limit. */
  handOver(target: DriverTarget, stepId: string): Promise<null>;
}

const maxConflicts = 50;

export function createRunTurns(deps: RuntimeDeps): RunTurns {
  const sessions = createRunSessions(deps);

  /** Runs `body` as the only turn of this run in this process; folds the journal again when another process was faster. */
  async function locked<T>(
    target: DriverTarget,
    whenStopped: T,
    body: (session: RunSession) => Promise<{ ok: true; value: T } | { ok: false }>,
  ): Promise<T> {
    for (let conflict = 0; conflict < maxConflicts; conflict += 1) {
      const session = await sessions.get(target.runId, target.generation);
      if (!session || isStopped(session, target)) return whenStopped;
      const turn = session.turn.then(() => body(session));
      session.turn = turn.catch(() => undefined);
      try {
        const result = await turn;
        if (result.ok) return result.value;
        sessions.drop(target.runId);
      } catch (error) {
        sessions.drop(target.runId);
        throw error;
      }
    }
    throw new Error(`Run ${target.runId}: no turn could be committed in ${String(maxConflicts)} tries`);
  }

  async function commit(
    turn: Turn,
    stepId: string,
    options: CommitOptions = {},
  ): Promise<{ ok: true; value: TurnMemo } | { ok: false }> {
    await drainTurn(deps, turn);
    enforceDeadline(turn);
    await drainTurn(deps, turn);
    const result = await commitTurn(deps, turn, { ...options, stepId });
    if (result.ok && result.memo.end === "finished") sessions.drop(turn.session.run.id);
    return result.ok ? { ok: true, value: result.memo } : { ok: false };
  }

  return {
    begin: (target, stepId) =>
      locked(target, stopped, async (session) => {
        const turn = beginTurn(session, deps.clock.now());
        openAgeLimit(turn);
        session.active.clear();
        turn.commands.push(...outstanding(session.plan, session.state));
        await takeReady(deps, turn);
        return commit(turn, stepId);
      }),

    async effect(target, place, stepId) {
      const session = await sessions.get(target.runId, target.generation);
      if (!session || isStopped(session, target)) return stopped;
      const recorded = memoAt(session, place);
      if (recorded) return recorded;
      if (session.bound.size > 0 && !(await isCovered(target, place, stepId))) return stopped;
      const unsafe = planNode(session, place.nodeId).repeatable === "unsafe" && pinAt(session, place) === null;
      if (unsafe) {
        const intent = await locked<TurnMemo | "go">(target, stopped, async (current) => {
          const turn = beginTurn(current, deps.clock.now());
          const row = current.rows.get(place.key);
          // A row of an earlier generation may be further: its attempt was cut off, and nobody has said what came of it.
          if (row?.engine?.intent && row.attempt >= place.attempt) {
            askAboutUnknownOutcome(deps, turn, place, place.attempt);
            return commit(turn, stepId);
          }
          putRow(turn, place, {
            status: "running",
            attempt: place.attempt,
            engine: { intent: true },
            startedAt: turn.now,
          });
          const result = await commitTurn(deps, turn, { stepId: null });
          return result.ok ? { ok: true, value: "go" } : { ok: false };
        });
        if (intent !== "go") return intent;
      }
      const performed = await performEffect(deps, session, place, {
        attempt: place.attempt,
        onSlow: () => {
          if (!unsafe) void showRunning(target, place).catch(() => undefined);
        },
      });
      return locked(target, stopped, async (current) => {
        const settled = memoAt(current, place);
        if (settled) return { ok: true, value: settled };
        const turn = beginTurn(current, deps.clock.now());
        current.run.activeMs += performed.timing.endedAt - performed.timing.startedAt;
        turn.parts.receipts.push(...performed.receipts);
        if (unsafe && isUnknownOutcome(performed.outcome)) askAboutUnknownOutcome(deps, turn, place, place.attempt);
        else if (isOutOfTime(current, performed)) stopOutOfTime(turn, place, performed);
        else recordOutcome(deps, turn, place, performed.outcome, performed);
        return commit(turn, stepId, { keepMemoAt: place.key });
      });
    },

    park: (target, stepId) =>
      locked<{ parked: boolean }>(target, { parked: false }, async (session) => {
        const turn = beginTurn(session, deps.clock.now());
        const parkable =
          session.active.size === 0 && (session.run.parkedBy === null || session.run.parkedBy === target.driverId);
        // Nobody will wake a driver that is not the parked one: it releases itself from the wait that stands beside this step.
        if (!parkable)
          turn.parts.events.push({
            id: crypto.randomUUID(),
            name: "run/wake",
            data: { runId: session.run.id },
            dedupe: null,
          });
        const keep = parkable ? target.driverId : session.run.parkedBy;
        const result = await commitTurn(deps, turn, {
          stepId,
          ...(keep === null ? {} : { parkedBy: keep }),
          memoFor: () => ({ parked: parkable }),
        });
        return result.ok ? { ok: true, value: { parked: parkable } } : { ok: false };
      }),

    read: (target, stepId) =>
      locked(target, stopped, async (session) => {
        const turn = beginTurn(session, deps.clock.now());
        const taken = await takeReady(deps, turn);
        if (taken === 0) {
          const mine = session.run.parkedBy === null || session.run.parkedBy === target.driverId;
          if (!mine || session.active.size > 0) {
            // Without a commit nothing would tell that another process has moved this run on.
            const current = await deps.store.loadRun(target.runId);
            return current?.seq === session.run.seq ? { ok: true, value: idle } : { ok: false };
          }
        }
        return commit(turn, stepId, { reading: true });
      }),

    handOver: (target, stepId) =>
      locked<null>(target, null, async (session) => {
        const turn = beginTurn(session, deps.clock.now());
        const generation = session.run.generation + 1;
        turn.update.bump = 1;
        turn.parts.events.push({
          id: crypto.randomUUID(),
          name: "run/requested",
          data: { runId: session.run.id, generation },
          dedupe: `${session.run.id}:${String(generation)}`,
        });
        const result = await commitTurn(deps, turn, { stepId, memoFor: () => null });
        sessions.drop(session.run.id);
        return result.ok ? { ok: true, value: null } : { ok: false };
      }),
  };

  /** What was approved is what runs: with changed values nothing is sent, and the approval is asked again. */
  async function isCovered(target: DriverTarget, place: Place, stepId: string): Promise<boolean> {
    return locked<boolean>(target, false, async (session) => {
      const turn = beginTurn(session, deps.clock.now());
      const stale = staleApproval(session, place, turn.now);
      if (stale === null) return { ok: true, value: true };
      session.active.delete(place.key);
      await askAgain(deps, turn, stale);
      const result = await commitTurn(deps, turn, { stepId, memoFor: () => ({ ...stopped }) });
      sessions.drop(session.run.id);
      return result.ok ? { ok: true, value: false } : { ok: false };
    });
  }

  /** A step that lasts is shown as running; a quick one never costs this extra row write. */
  async function showRunning(target: DriverTarget, place: Place & { attempt: number }): Promise<void> {
    await locked<null>(target, null, async (session) => {
      if (!session.active.has(place.key) || session.rows.get(place.key)?.status === "running")
        return { ok: true, value: null };
      const turn = beginTurn(session, deps.clock.now());
      putRow(turn, place, { status: "running", attempt: place.attempt, startedAt: turn.now - 200 });
      const result = await commitTurn(deps, turn, { stepId: null });
      return result.ok ? { ok: true, value: null } : { ok: false };
    });
  }
}

const idle: TurnMemo = { next: [], end: "idle", dueAt: null };

/** Journal first: an attempt that is recorded is never executed again. */
function memoAt(session: RunSession, place: Place & { attempt: number }): TurnMemo | null {
  const row = session.rows.get(place.key);
  return row && row.attempt >= place.attempt && row.engine?.memo ? (row.engine.memo as unknown as TurnMemo) : null;
}

function isStopped(session: RunSession, target: DriverTarget): boolean {
  return (
    session.run.generation !== target.generation ||
    session.run.status === "paused" ||
    isFinalRunStatus(session.run.status)
  );
}
