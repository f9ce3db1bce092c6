import { outstanding } from "@/core/engine/outstanding";
import type { EngineCommand } from "@/core/engine/protocol";
import { commitTurn, stopped, type TurnMemo } from "./commit-turn";
import { toldBefore, toldToOthers, type DriverStep } from "./driver-record";
import { takeEffect, type EffectCall } from "./effect-turns";
import { createLockedTurns, type DriverTarget } from "./locked-turns";
import { openAgeLimit } from "./run-limits";
import { createRunSessions, type RunSession } from "./run-session";
import type { RuntimeDeps } from "./runtime-deps";
import { sendDriver } from "./send-driver";
import { takeReady } from "./take-ready";
import { beginTurn, restKey, type Turn } from "./turn";

/**
 * The durable turns of a run. Each is the body of one `step.run`; what it returns is that step's memo. Memos are a cache: the
 * journal alone decides, and a turn that is asked for again answers from it.
 */
export interface RunTurns {
  /** Takes what is runnable: at the start, after resume, retry and continuation. */
  begin(target: DriverTarget, step: DriverStep): Promise<TurnMemo>;
  /** Goes on where a turn that had done its share left off (`rest`), beside whatever other branches are at. */
  rest(target: DriverTarget, stepId: string): Promise<TurnMemo>;
  effect(target: DriverTarget, place: EffectCall, stepId: string): Promise<TurnMemo>;
  park(target: DriverTarget, step: DriverStep): Promise<{ parked: boolean }>;
  /** Takes resolutions and due times; with nothing to take, says whether this driver should park again. */
  read(target: DriverTarget, step: DriverStep): Promise<TurnMemo>;
  /** Leaves what this driver was told to a fresh one, so that no driver's memory grows without limit. */
  handOver(target: DriverTarget, told: TurnMemo, stepId: string): Promise<null>;
  /**
   * The driver of this generation broke down for good: another takes over, or the run fails with `driver_failed`. One that took its
   * workers down with it gets no other: the run fails with `poisoned`.
   */
  revive(target: Pick<DriverTarget, "runId" | "generation"> & { isPoisoned?: boolean }): Promise<null>;
}

export function createRunTurns(deps: RuntimeDeps): RunTurns {
  const sessions = createRunSessions(deps);
  const turns = createLockedTurns(deps, sessions);
  return {
    begin: (target, step) =>
      turns.locked(target, stopped, async (session) => {
        const told = toldBefore(session, target.driverId, step);
        if (told) return { ok: true, value: told };
        const turn = beginTurn(session, deps.clock.now());
        openAgeLimit(turn);
        session.active = new Set(toldToOthers(session, target.driverId));
        turn.commands.push(...unclaimed(session));
        await takeReady(deps, turn);
        return turns.commit(turn, step.id, { told: { driverId: target.driverId, step } });
      }),

    rest(target, stepId) {
      // Of no round: a record of its own, by the name of the step.
      const [driverId, step] = [`${target.driverId}:${stepId}`, { id: stepId, turn: 0 }];
      return turns.locked(target, stopped, async (session) => {
        const told = toldBefore(session, driverId, step);
        if (told) return { ok: true, value: told };
        const turn = beginTurn(session, deps.clock.now());
        session.active.delete(restKey);
        turn.commands.push(...unclaimed(session));
        return turns.commit(turn, stepId, { told: { driverId, step } });
      });
    },

    effect: (target, place, stepId) => takeEffect(deps, sessions, turns, { target, place, stepId }),

    async park(target, step) {
      const parked = await turns.locked<{ parked: boolean } | null>(target, null, async (session) => {
        const turn = beginTurn(session, deps.clock.now());
        const parkable =
          session.active.size === 0 && (session.run.parkedBy === null || session.run.parkedBy === target.driverId);
        // Nobody will wake a driver that is not the parked one: it releases itself from the wait that stands beside this step.
        if (!parkable) wakeUp(turn);
        const keep = parkable ? target.driverId : session.run.parkedBy;
        const result = await commitTurn(deps, turn, {
          stepId: step.id,
          ...(keep === null ? {} : { parkedBy: keep }),
          memoFor: () => ({ parked: parkable }),
        });
        return result.ok ? { ok: true, value: { parked: parkable } } : { ok: false };
      });
      if (parked) return parked;
      // Others have moved on while this driver was away, and nobody knows of its wait: it would stay for a year.
      await deps.store.wake(target.runId);
      return { parked: false };
    },

    read: (target, step) =>
      turns.locked(target, stopped, async (session) => {
        const told = toldBefore(session, target.driverId, step);
        if (told) return { ok: true, value: told };
        const turn = beginTurn(session, deps.clock.now());
        const taken = await takeReady(deps, turn);
        if (taken === 0) {
          await refreshDues(deps, session);
          const mine = session.run.parkedBy === null || session.run.parkedBy === target.driverId;
          if (!mine || session.active.size > 0) {
            // Without a commit nothing would tell that another process has moved this run on.
            const current = await deps.store.loadRun(target.runId);
            const idle: TurnMemo = { next: [], end: "idle", dueAt: null, seq: session.run.seq };
            return current?.seq === session.run.seq ? { ok: true, value: idle } : { ok: false };
          }
        }
        return turns.commit(turn, step.id, { reading: true, told: { driverId: target.driverId, step } });
      }),

    handOver: (target, told, stepId) =>
      turns.locked<null>(target, null, async (session) => {
        const turn = beginTurn(session, deps.clock.now());
        // Several only in what an earlier version of Holdpoint told.
        const parts = told.next.length > 1 ? told.next.map((command) => ({ ...told, next: [command] })) : [told];
        parts.forEach((part, at) => sendDriver(turn, part, `${target.driverId}:${stepId}:${String(at)}`));
        const result = await commitTurn(deps, turn, { stepId, memoFor: () => null });
        return result.ok ? { ok: true, value: null } : { ok: false };
      }),

    async revive({ runId, generation, isPoisoned = false }) {
      await deps.store.revive(runId, generation, isPoisoned);
      sessions.drop(runId);
      return null;
    },
  };
}

/** Nothing was there, so what it was woken for may be due at another time now: a question about it was asked back, or answered. */
async function refreshDues({ store }: RuntimeDeps, session: RunSession): Promise<void> {
  if (![...session.open.values()].some(({ kind }) => kind === "approval")) return;
  for (const { key, id, dueAt } of await store.openWaitpoints(session.run.id)) {
    const open = session.open.get(key);
    if (open?.id === id) open.dueAt = dueAt;
  }
}

/** What is outstanding and nobody is at. */
function unclaimed({ plan, state, active }: RunSession): EngineCommand[] {
  return outstanding(plan, state).filter((each) => !("key" in each && active.has(each.key)));
}

function wakeUp(turn: Turn): void {
  turn.parts.events.push({
    id: crypto.randomUUID(),
    name: "run/wake",
    data: { runId: turn.session.run.id },
    dedupe: null,
  });
}
