import { createHash } from "node:crypto";
import type { Json } from "@/core/json";
import type { RunStatus } from "@/core/run-status";
import { stepRecord } from "@/core/engine/record";
import { visibleRunStatus } from "@/core/engine/transitions";
import type { CommitResult, JournalCommit, JournalRow, RowEngine } from "@/server/modules/runs/journal";
import { recordTold, type DriverStep } from "./driver-record";
import { sendBranches } from "./send-driver";
import { logRunEdges } from "./run-log";
import type { RunSession } from "./run-session";
import type { RuntimeDeps } from "./runtime-deps";
import { runWarnings } from "./shortfall";
import { outputOf, placeOf, type Turn } from "./turn";

/** What a durable step of the driver returns: small, JSON, and all that the driver needs to go on. */
export interface TurnMemo {
  /** One step at most: whatever else can go on beside it has a driver of its own. */
  next: { key: string; nodeId: string; iteration: string; attempt: number }[];
  /** What the turn made runnable beside that, by key: each was sent to a driver of its own. */
  sent?: string[];
  /**
   * With nothing next: `finished` (the run is over), `park` (nothing can go on until something is resolved),
   * `idle` (other branches or drivers are at work), `stopped` (paused, cancelled or fenced), `rest` (this turn has done its share,
   * and there is more to do at once).
   */
  end: "finished" | "park" | "idle" | "stopped" | "rest" | null;
  /** With `park`: when to look again at the latest, ms; null when nothing falls due. */
  dueAt: number | null;
  /** How far the journal was: what follows may not be evaluated on anything older. */
  seq: number;
}

export const stopped: TurnMemo = { next: [], end: "stopped", dueAt: null, seq: 0 };

/** Executors refuse waits of more than a year; whoever wakes up with nothing due waits again. */
const longestWaitMs = 360 * 86_400_000;

export interface CommitOptions {
  parkedBy?: string;
  reading?: boolean;
  /** What the driver's step returns, where it is not the turn's memo. */
  memoFor?: (memo: TurnMemo) => Json;
  /** The row that keeps the memo, for a driver that lost it and for others, who leave alone what it was told to take. */
  keepMemo?: { at: string; driverId: string };
  /** The driver whose step this is, where the step belongs to no row. */
  told?: { driverId: string; step: DriverStep };
}

/** Commits a turn whole, or says that the session no longer speaks for the run. `stepId` null: not a driver's step. */
export async function commitTurn(
  deps: RuntimeDeps,
  turn: Turn,
  options: CommitOptions & { stepId: string | null },
): Promise<{ ok: true; memo: TurnMemo } | { ok: false }> {
  const { session } = turn;
  const nextSeq = Math.max(turn.seq, session.run.seq + 1);
  const sent = sendBranches(turn, nextSeq);
  const memo = { ...memoOf(turn, nextSeq, options.reading ?? false), ...(sent.length > 0 ? { sent } : {}) };
  if (turn.finish) finishRun(turn, turn.finish);
  const moments = logRunEdges(turn);
  for (const row of turn.rows.values()) row.engine = engineFields(session, row);
  if (options.keepMemo) keepMemo(turn, options.keepMemo, memo);
  const drivers = options.told && recordTold(session, options.told.driverId, options.told.step, memo);
  const dispatch = options.stepId === null ? undefined : deps.dispatch();
  const data: Json = options.memoFor ? options.memoFor(memo) : memo;
  const commit: JournalCommit = {
    run: session.run,
    nextSeq,
    memo:
      dispatch && options.stepId !== null
        ? { ...dispatch, stepHash: createHash("sha1").update(options.stepId).digest("hex"), name: options.stepId, data }
        : null,
    rows: [...turn.rows.values()],
    update: {
      status: turn.finish ? turn.finish.status : statusOf(session),
      parkedBy: options.parkedBy ?? null,
      nextDueAt: nearestDue(session),
      activeMs: session.run.activeMs,
      busy: session.active.size > 0,
      ...(drivers ? { drivers } : {}),
      ...moments,
      ...turn.update,
    },
    ...turn.parts,
    waits: session.hasWaited,
    reading: options.reading ?? false,
    progress: [...turn.rows.values()].some((row) => settled.has(row.status)),
  };
  const result: CommitResult = await deps.store.commit(commit);
  if (!result.ok) return { ok: false };
  if (dispatch && options.stepId !== null) deps.memoCommitted(dispatch.execRunId, options.stepId, data);
  session.run.seq = commit.nextSeq;
  if (drivers) session.run.drivers = drivers;
  session.run.startedAt ??= moments.startedAt;
  session.run.status = result.status;
  session.run.parkedBy = options.parkedBy ?? null;
  return { ok: true, memo };
}

const settled: ReadonlySet<string> = new Set(["completed", "failed", "skipped", "waiting"]);

function memoOf(turn: Turn, seq: number, hasLooked: boolean): TurnMemo {
  const next = turn.next.map(({ key, nodeId, iteration, attempt }) => ({ key, nodeId, iteration, attempt }));
  if (turn.finish) return { next: [], end: "finished", dueAt: null, seq };
  if (turn.isFull) return { next: [], end: "rest", dueAt: null, seq };
  if (next.length > 0) return { next, end: null, dueAt: null, seq };
  if (turn.session.active.size > 0) return { next, end: "idle", dueAt: null, seq };
  return parkAgain(turn.session, turn.now, seq, hasLooked);
}

/** Until a decision that can still be taken back counts, the time of its question is over and nothing comes of it: looked at again after so long, ms. */
const givenPauseMs = 500;

/** Tells a driver to wait for whatever is open. `hasLooked`: what was due then was taken. */
export function parkAgain(session: RunSession, now: number, seq: number, hasLooked = false): TurnMemo {
  const nearest = nearestDue(session);
  const due = hasLooked && nearest !== null && nearest <= now ? now + givenPauseMs : nearest;
  return { next: [], end: "park", dueAt: due === null ? null : Math.min(due, now + longestWaitMs), seq };
}

/** What the reducer must find in a row to fold it again, beside status, attempt and handle. */
function engineFields(session: RunSession, row: JournalRow): RowEngine | null {
  const record = stepRecord(session.state, row.key);
  const engine: RowEngine = {
    ...(row.engine?.intent ? { intent: true } : {}),
    ...(row.engine?.underWay ? { underWay: true } : {}),
    ...(row.engine?.bound ? { bound: row.engine.bound } : {}),
    ...(row.engine?.endMessage ? { endMessage: row.engine.endMessage } : {}),
    ...(row.engine?.shortfall ? { shortfall: row.engine.shortfall } : {}),
    ...(row.engine?.response ? { response: row.engine.response } : {}),
    ...(row.engine?.unrecorded ? { unrecorded: true } : {}),
    ...(record?.end ? { end: record.end } : {}),
    ...(record?.loop ? { loop: record.loop } : {}),
    ...(record?.waitingFor ? { waitingFor: record.waitingFor } : {}),
    ...(record?.failure ? { failure: record.failure } : {}),
  };
  return Object.keys(engine).length > 0 ? engine : null;
}

/** The journal can give a driver its next commands again when the driver's own memory of them was lost. */
function keepMemo({ rows, session }: Turn, { at, driverId }: { at: string; driverId: string }, memo: TurnMemo): void {
  const row = rows.get(at);
  const toldTo = { driver: driverId, generation: session.run.generation };
  if (row) row.engine = { ...row.engine, memo: memo as unknown as Json, toldTo };
}

export function nearestDue(session: RunSession): number | null {
  let nearest: number | null = null;
  for (const { dueAt } of session.open.values())
    if (dueAt !== null && (nearest === null || dueAt < nearest)) nearest = dueAt;
  return nearest;
}

function statusOf(session: RunSession): RunStatus {
  return visibleRunStatus(
    [...session.open.values()].flatMap(({ kind }) => (kind === "age" ? [] : [kind])),
    session.active.size > 0,
  );
}

function endMessageOf(session: RunSession, key: string | null): string | null {
  return key === null ? null : (session.rows.get(key)?.engine?.endMessage ?? null);
}

/** The end's facts; who wants to hear of it is told by `put_run_ended`, as at every other end. */
function finishRun(turn: Turn, finish: NonNullable<Turn["finish"]>): void {
  const { session } = turn;
  const output = outputOf(session, finish.outputFrom);
  const failed = finish.failedKey === undefined ? null : placeOf(finish.failedKey);
  const error: Json = finish.error
    ? { code: finish.error.code, message: finish.error.message, nodeId: failed?.nodeId ?? null }
    : null;
  const warnings = finish.status === "completed" ? runWarnings(session) : [];
  turn.update.output = output;
  turn.update.endMessage = endMessageOf(session, finish.outputFrom);
  turn.update.warnings = warnings.length > 0 ? warnings : null;
  turn.update.error = error;
  turn.update.failureReason = finish.reason ?? null;
}
