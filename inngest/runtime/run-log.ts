import { splitNodeKey } from "@/core/engine/node-keys";
import type { NodeKey } from "@/core/engine/protocol";
import type { JsonObject } from "@/core/json";
import type { JournalRow } from "@/server/modules/runs/journal";
import type { Turn } from "./turn";

/** What a change of a step's row says to the run's history; `before` is the row as it was. Collected with the turn's commit. */
export function logStep(turn: Turn, before: JournalRow | undefined, row: JournalRow): void {
  loggers[row.status]?.(turn, row, before);
}

type StepLogger = (turn: Turn, row: JournalRow, before: JournalRow | undefined) => void;

const loggers: Readonly<Partial<Record<JournalRow["status"], StepLogger>>> = {
  running: logStart,
  waiting(turn, row, before) {
    logStart(turn, row, before);
    const opened = turn.parts.open.findLast(({ key }) => key === row.key);
    // A try that failed waits for its next one; `logRetry` says that as soon as the time is known.
    if (!opened) return;
    const waitpoint = { waitpoint_id: opened["id"] ?? null, due_at: isoOrNull(opened["dueAt"]) };
    log(turn, "step.waiting", row, turn.now, { kind: opened["kind"] ?? null, ...waitpoint });
    if (opened["kind"] === "approval")
      log(turn, "approval.requested", row, turn.now, { ...waitpoint, assign_to: opened["assignees"] ?? [] });
  },
  completed(turn, row, before) {
    logStart(turn, row, before);
    log(turn, "step.completed", row, row.endedAt, {
      handle: row.handle,
      duration_ms: row.durationMs,
      ...shortfallData(row),
    });
  },
  failed(turn, row, before) {
    logStart(turn, row, before);
    log(turn, "step.failed", row, row.endedAt, {
      handle: row.handle,
      error: briefly(row),
      duration_ms: row.durationMs,
    });
  },
  skipped(turn, row) {
    turn.parts.log.push({ type: "step.skipped", at: row.endedAt ?? turn.now, data: placeData(row) });
  },
  cancelled(turn, row) {
    log(turn, "step.cancelled", row, row.endedAt, {});
  },
};

/** Once per try, at the first row that tells of it: a quick step has no other. */
function logStart(turn: Turn, row: JournalRow, before: JournalRow | undefined): void {
  const isKnown = before?.attempt === row.attempt && (before.status === "running" || before.status === "waiting");
  if (!isKnown) log(turn, "step.started", row, row.startedAt, {});
}

/** A failed try that is made again at a due time (ms). */
export function logRetry(turn: Turn, key: NodeKey, dueAt: number): void {
  const row = turn.session.rows.get(key);
  if (row)
    log(turn, "step.retry_scheduled", row, turn.now, { error: briefly(row), due_at: new Date(dueAt).toISOString() });
}

/** Nobody answered in time. */
export function logTimedOut(turn: Turn, waitpoint: { id: string; key: string; nodeId: string; kind: string }): void {
  if (!askedKinds.has(waitpoint.kind)) return;
  const row = turn.session.rows.get(waitpoint.key);
  turn.parts.log.push({
    type: `${waitpoint.kind}.timed_out`,
    at: turn.now,
    data: { node_id: waitpoint.nodeId, ...(row ? { name: row.name } : {}), waitpoint_id: waitpoint.id },
  });
}

const askedKinds: ReadonlySet<string> = new Set(["approval", "form", "handoff"]);

/**
 * Puts the run's own start before everything its first turn has to tell, and its end after everything its last one has.
 * No step has begun before its run, and none ends after it, whatever clocks and branches say.
 */
export function logRunEdges(turn: Turn): { startedAt: number; endedAt: number | null } {
  const { run } = turn.session;
  const rows = [...turn.rows.values()];
  const startedAt = run.startedAt ?? Math.min(turn.now, ...rows.flatMap((row) => row.startedAt ?? []));
  if (run.startedAt === null)
    turn.parts.log.unshift({ type: "run.started", at: startedAt, data: { version: run.version } });
  if (!turn.finish) return { startedAt, endedAt: null };
  const endedAt = Math.max(turn.now, ...rows.flatMap((row) => row.endedAt ?? []));
  const { status, reason, error, failedKey } = turn.finish;
  turn.parts.log.push({
    type: `run.${status}`,
    at: endedAt,
    data: {
      ...(turn.update.warnings ? { warnings: turn.update.warnings } : {}),
      ...(reason === undefined ? {} : { reason }),
      ...(error === undefined ? {} : { error: { code: error.code, message: error.message } }),
      ...(failedKey === undefined ? {} : { node_id: splitNodeKey(failedKey).nodeId }),
    },
  });
  return { startedAt, endedAt };
}

function log(turn: Turn, type: string, row: JournalRow, at: number | null, more: JsonObject): void {
  turn.parts.log.push({
    type,
    at: at ?? turn.now,
    data: { ...placeData(row), attempt: row.attempt, ...withoutNulls(more) },
  });
}

/** What a loop came short of, so that who follows the history hears of it and not only who opens the step. */
function shortfallData({ engine }: JournalRow): JsonObject {
  if (!engine?.shortfall) return {};
  const { of, failed, gaveUp } = engine.shortfall;
  return { items: of, failed_items: failed, ...(gaveUp ? { gave_up: true } : {}) };
}

/** What a service answered beside is on the step. */
function briefly({ error }: JournalRow): JsonObject | null {
  return error && { code: error.code, message: error.message };
}

function placeData({ nodeId, name, iteration }: JournalRow): JsonObject {
  return { node_id: nodeId, name, ...(iteration === "" ? {} : { iteration }) };
}

function withoutNulls(fields: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}

function isoOrNull(ms: unknown): string | null {
  return typeof ms === "number" ? new Date(ms).toISOString() : null;
}
