import { isFinalRunStatus } from "@/core/engine/transitions";
import { isWaitpointRace } from "@/server/db/write-errors";
import { commitTurn, stopped, type CommitOptions, type TurnMemo } from "./commit-turn";
import { enforceDeadline } from "./run-limits";
import type { RunSession, RunSessions } from "./run-session";
import type { RuntimeDeps } from "./runtime-deps";
import { drainTurn } from "./take-turn";
import type { Turn } from "./turn";

/** Which run a driver drives, and in which generation; a newer generation fences it. */
export interface DriverTarget {
  runId: string;
  generation: number;
  driverId: string;
  /** The executor makes this call again: the one before was cut off, or failed. */
  isRepeated?: boolean;
}

/** What a body says of its turn: committed, with this answer; or that the journal was further than its session. */
export type TurnResult<T> = { ok: true; value: T } | { ok: false };

export interface LockedTurns {
  /**
   * Runs `body` as the only turn of this run in this process. When another process was faster the journal is folded again
   * and the body runs again. `whenStopped` is the answer for a run that this driver may not touch.
   */
  locked<T>(
    target: DriverTarget,
    whenStopped: T,
    body: (session: RunSession) => Promise<TurnResult<T>>,
    atLeastSeq?: number,
  ): Promise<T>;
  /** Works off what the turn has started and commits it. */
  commit(turn: Turn, stepId: string, options?: CommitOptions): Promise<TurnResult<TurnMemo>>;
}

const maxConflicts = 50;

export function createLockedTurns(deps: RuntimeDeps, sessions: RunSessions): LockedTurns {
  /**
   * What a turn has fed to the reducer stays in the session when its commit fails. Turns that wait behind it may not go on from there:
   * nothing was written, so the database would take what they make of it, and what the failed one handed out would be nobody's.
   */
  async function taken<T>(
    session: RunSession,
    body: (session: RunSession) => Promise<TurnResult<T>>,
  ): Promise<TurnResult<T>> {
    if (session.isLost) return { ok: false };
    session.isLost = true;
    try {
      const result = await body(session);
      session.isLost = !result.ok;
      return result;
    } finally {
      if (session.isLost) sessions.drop(session.run.id);
    }
  }

  return {
    async locked(target, whenStopped, body, atLeastSeq = 0) {
      for (let conflict = 0; conflict < maxConflicts; conflict += 1) {
        const session = await sessions.get(target.runId, target.generation, atLeastSeq);
        if (!session || isStopped(session, target)) return whenStopped;
        const turn = session.turn.then(() => taken(session, body));
        session.turn = turn.catch(() => undefined);
        try {
          const result = await turn;
          if (result.ok) return result.value;
        } catch (error) {
          if (!isWaitpointRace(error)) throw error;
        }
      }
      throw new Error(`Run ${target.runId}: no turn could be committed in ${String(maxConflicts)} tries`);
    },
    async commit(turn, stepId, options = {}) {
      await drainTurn(deps, turn);
      if (turn.askedAgain) return await commitQuestion(deps, sessions, turn, stepId);
      enforceDeadline(turn);
      await drainTurn(deps, turn);
      const result = await commitTurn(deps, turn, { ...options, stepId });
      if (result.ok && result.memo.end === "finished") sessions.drop(turn.session.run.id);
      else if (result.ok) sessions.grow(turn.session, turn.bytes);
      return result.ok ? { ok: true, value: result.memo } : { ok: false };
    },
  };
}

/** An approval is asked again, for the driver of the next generation to wait for; the others learn that they are stopped. */
export async function commitQuestion(
  deps: RuntimeDeps,
  sessions: RunSessions,
  turn: Turn,
  stepId: string,
): Promise<TurnResult<TurnMemo>> {
  const result = await commitTurn(deps, turn, { stepId, memoFor: () => ({ ...stopped }) });
  sessions.drop(turn.session.run.id);
  return result.ok ? { ok: true, value: stopped } : { ok: false };
}

export function isStopped(session: RunSession, target: DriverTarget): boolean {
  return (
    session.run.generation !== target.generation ||
    session.run.status === "paused" ||
    isFinalRunStatus(session.run.status)
  );
}
