import type { Json } from "@/core/json";
import type { NodeKey } from "@/core/engine/protocol";
import type { DriverRecords } from "@/server/modules/runs/journal";
import type { TurnMemo } from "./commit-turn";
import { restKey } from "./turn";
import type { RunSession } from "./run-session";

/**
 * A step of a driver that belongs to no node. `turn` says how far the driver is: it grows with every such step. The journal
 * keeps what the newest one told its driver (`runs.drivers`), because what it took from the run cannot be taken twice: a
 * driver that lost its memory at any instant is told the same again.
 */
export interface DriverStep {
  id: string;
  turn: number;
}

/** What this driver was told at this turn or a later one; null when it is new here. */
export function toldBefore(session: RunSession, driverId: string, step: DriverStep): TurnMemo | null {
  const record = session.run.drivers?.[driverId];
  return record && step.turn <= record.turn ? (record.memo as unknown as TurnMemo) : null;
}

/** The records after this turn; undefined when they stay as they are. Only what names unsettled steps is worth keeping. */
export function recordTold(
  session: RunSession,
  driverId: string,
  step: DriverStep,
  memo: TurnMemo,
): DriverRecords | undefined {
  const before = session.run.drivers ?? {};
  const kept = Object.entries(before).filter(([id, record]) => id !== driverId && isUnsettled(session, record.memo));
  if (memo.next.length > 0 || memo.end === "rest")
    kept.push([driverId, { turn: step.turn, memo: memo as unknown as Json }]);
  else if (kept.length === Object.keys(before).length) return undefined;
  return Object.fromEntries(kept);
}

/**
 * Unsettled effects that another driver of this generation was told to perform, or was sent for: they are its own, also for a driver that
 * begins only after it. One that dies with what it was told takes the generation with it.
 */
export function toldToOthers({ run, rows, active }: RunSession, driverId: string): NodeKey[] {
  const isOther = (id: string): boolean => id !== driverId && !id.startsWith(`${driverId}:`);
  const keysOf = (id: string, memo: Json): NodeKey[] => {
    const { next, sent = [] } = memo as unknown as TurnMemo;
    return isOther(id) ? [...next.map(({ key }) => key), ...sent] : sent;
  };
  const byTurns = Object.entries(run.drivers ?? {}).flatMap(([id, { memo }]) => keysOf(id, memo));
  const bySteps = [...rows.values()].flatMap(({ engine }) =>
    engine?.memo && engine.toldTo?.generation === run.generation ? keysOf(engine.toldTo.driver, engine.memo) : [],
  );
  return [...byTurns, ...bySteps].filter((key) => active.has(key));
}

function isUnsettled(session: RunSession, memo: Json): boolean {
  const { next, sent = [], end } = memo as unknown as TurnMemo;
  if (end === "rest") return session.active.has(restKey);
  return [...next.map(({ key }) => key), ...sent].some((key) => session.active.has(key));
}
