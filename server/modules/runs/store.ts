import type { Pool } from "pg";
import { z } from "zod";
import type { Json, JsonObject } from "@/core/json";
import { newId } from "@/core/ids";
import type { RunStatus } from "@/core/contracts/run";
import type { GroupWriter } from "@/server/db/group-writer";
import type { CommitResult, JournalCommit, JournalRow, JournalRun, ReadyWaitpoint } from "./journal";

/** The run journal's prepared SQL: reads of drivers, and writes through the group writer. */
export interface RunStore {
  startRun(start: RunStart): Promise<{ id: string; existing: boolean }>;
  loadRun(runId: string): Promise<JournalRun | null>;
  loadRows(runId: string): Promise<JournalRow[]>;
  /** Resolved but not yet taken, and open ones whose time has come. */
  readyWaitpoints(runId: string, now: number): Promise<ReadyWaitpoint[]>;
  /** Due times of what is open, nearest first, and the kinds that are open. */
  openWaitpoints(
    runId: string,
  ): Promise<{ key: string; kind: string; dueAt: number | null; request: JsonObject; id: string }[]>;
  commit(commit: JournalCommit): Promise<CommitResult>;
  resolve(args: JsonObject): Promise<JsonObject>;
  control(args: JsonObject): Promise<JsonObject>;
  heartbeat(runId: string, generation: number): Promise<void>;
}

export interface RunStart {
  /** For callers that must know it beforehand, to wait for the run's end. */
  id?: string;
  organizationId: string;
  workflowId: string;
  versionId: string;
  version: number;
  triggerType: string;
  triggerId?: string | null;
  triggerLabel?: string | null;
  input: JsonObject;
  ownerId: string;
  requestedBy?: string | null;
  contactId?: string | null;
  conversationId?: string | null;
  test?: boolean;
  callbackUrl?: string | null;
  restoredFrom?: string | null;
  /** The same key never starts a second run of this workflow. */
  startKey?: string | null;
  /** Key of the start node when it is an effect; the driver then begins without a step of its own. */
  first: string | null;
}

const objectSchema = z.record(z.string(), z.unknown());

export function createRunStore(pool: Pool, writer: GroupWriter): RunStore {
  async function call(kind: string, args: JsonObject): Promise<JsonObject> {
    return asObject(await writer.call(kind, args));
  }
  return {
    async startRun(start) {
      const id = start.id ?? newId();
      const result = await call("start_run", {
        id,
        eventId: newId(),
        org: start.organizationId,
        workflow: start.workflowId,
        versionId: start.versionId,
        version: start.version,
        triggerType: start.triggerType,
        triggerId: start.triggerId ?? null,
        triggerLabel: start.triggerLabel ?? null,
        input: start.input,
        owner: start.ownerId,
        requestedBy: start.requestedBy ?? null,
        contact: start.contactId ?? null,
        conversation: start.conversationId ?? null,
        test: start.test ?? false,
        callbackUrl: start.callbackUrl ?? null,
        restoredFrom: start.restoredFrom ?? null,
        startKey: start.startKey ?? null,
        first: start.first,
      });
      return { id: String(result["id"]), existing: result["existing"] === true };
    },
    async loadRun(runId) {
      const { rows } = await pool.query<Record<string, unknown>>({
        name: "run_load",
        text: loadRunSql,
        values: [runId],
      });
      const row = rows[0];
      return row ? readRun(row) : null;
    },
    async loadRows(runId) {
      const { rows } = await pool.query<Record<string, unknown>>({
        name: "run_rows",
        text: loadRowsSql,
        values: [runId],
      });
      return rows.map(readRow);
    },
    async readyWaitpoints(runId, now) {
      const { rows } = await pool.query<Record<string, unknown>>({
        name: "run_ready",
        text: readySql,
        values: [runId, new Date(now)],
      });
      return rows.map(readReady);
    },
    async openWaitpoints(runId) {
      const { rows } = await pool.query<{
        id: string;
        key: string;
        kind: string;
        due: Date | null;
        request: JsonObject;
      }>({
        name: "run_open",
        text: "select id, key, kind, due_at as due, request from waitpoints where run_id = $1 and status = 'open' order by due_at nulls last",
        values: [runId],
      });
      return rows.map((row) => ({
        id: row.id,
        key: row.key,
        kind: row.kind,
        dueAt: row.due?.getTime() ?? null,
        request: row.request,
      }));
    },
    async commit(commit) {
      const result = await call("commit", commitArgs(commit));
      if (result["ok"] === true) return { ok: true, status: result["status"] as RunStatus };
      return {
        ok: false,
        status: (result["status"] as RunStatus | undefined) ?? null,
        generation: Number(result["generation"] ?? 0),
        seq: Number(result["seq"] ?? 0),
      };
    },
    resolve: (args) => call("resolve", args),
    control: (args) => call("control", args),
    async heartbeat(runId, generation) {
      await writer.call("heartbeat", { r: runId, g: generation });
    },
  };
}

function commitArgs(commit: JournalCommit): JsonObject {
  const { run, memo } = commit;
  const args: JsonObject = {
    r: run.id,
    o: run.organizationId,
    f: run.workflowId,
    g: run.generation,
    s: run.seq,
    n: commit.nextSeq,
    m: memo ? { x: memo.execRunId, j: memo.jobId, f: memo.fence, h: memo.stepHash, n: memo.name, d: memo.data } : null,
    w: commit.rows as unknown as Json[],
    u: commit.update,
    waits: commit.waits,
    reading: commit.reading ?? false,
  };
  for (const part of optionalParts) {
    const list = commit[part];
    if (list && list.length > 0) args[part] = list;
  }
  return args;
}

const optionalParts = [
  "due",
  "consumed",
  "close",
  "supersede",
  "open",
  "receipts",
  "deliver",
  "say",
  "emit",
  "events",
  "log",
] as const;

const loadRunSql = `select id, organization_id, workflow_id, version_id, version, status, generation, seq, parked_by, trigger_type, trigger_label,
  input, input_edits, owner_id, requested_by, contact_id, conversation_id, callback_url, test, active_ms, created_at, started_at,
  case when input_edits is not null and generation > 1 then
    (select max((data->>'patched')::int) from run_events where run_id = runs.id and type = 'run.retry') end as patched
  from runs where id = $1`;

const loadRowsSql = `select key, generation, seq, id, node_id, iteration, name, type, status, attempt, handle, engine, input, output, error, summary,
  attempts, warnings, started_at, ended_at, duration_ms
  from step_runs where run_id = $1 and not superseded order by seq`;

const readySql = `select id, key, node_id, kind, status, outcome, request, resolution, resolved_by_id, resolved_by_name, resolved_at, due_at
  from waitpoints where run_id = $1 and ((status = 'resolved' and not consumed) or (status = 'open' and due_at <= $2))
  order by coalesce(resolved_at, due_at)`;

function readRun(row: Record<string, unknown>): JournalRun {
  return {
    id: String(row["id"]),
    organizationId: String(row["organization_id"]),
    workflowId: String(row["workflow_id"]),
    versionId: String(row["version_id"]),
    version: Number(row["version"]),
    status: row["status"] as RunStatus,
    generation: Number(row["generation"]),
    seq: Number(row["seq"]),
    parkedBy: text(row["parked_by"]),
    triggerType: String(row["trigger_type"]),
    triggerLabel: text(row["trigger_label"]),
    input: asObject(row["input"]),
    inputEdits: row["input_edits"] === null ? null : asObject(row["input_edits"]),
    ownerId: String(row["owner_id"]),
    requestedBy: text(row["requested_by"]),
    contactId: text(row["contact_id"]),
    conversationId: text(row["conversation_id"]),
    callbackUrl: text(row["callback_url"]),
    test: row["test"] === true,
    activeMs: Number(row["active_ms"]),
    patchedGeneration: typeof row["patched"] !== "number" ? null : row["patched"],
    createdAt: time(row["created_at"]) ?? 0,
    startedAt: time(row["started_at"]),
  };
}

function readRow(row: Record<string, unknown>): JournalRow {
  return {
    key: String(row["key"]),
    g: Number(row["generation"]),
    seq: Number(row["seq"]),
    id: String(row["id"]),
    nodeId: String(row["node_id"]),
    iteration: String(row["iteration"]),
    name: String(row["name"]),
    type: String(row["type"]),
    status: row["status"] as JournalRow["status"],
    attempt: Number(row["attempt"]),
    handle: text(row["handle"]),
    engine: row["engine"] as JournalRow["engine"],
    input: row["input"] as Json,
    output: row["output"] as Json,
    error: row["error"] as JournalRow["error"],
    summary: text(row["summary"]),
    attempts: row["attempts"] as JournalRow["attempts"],
    warnings: row["warnings"] as JournalRow["warnings"],
    startedAt: time(row["started_at"]),
    endedAt: time(row["ended_at"]),
    durationMs: row["duration_ms"] === null ? null : Number(row["duration_ms"]),
  };
}

function readReady(row: Record<string, unknown>): ReadyWaitpoint {
  const byName = text(row["resolved_by_name"]);
  return {
    id: String(row["id"]),
    key: String(row["key"]),
    nodeId: String(row["node_id"]),
    kind: String(row["kind"]),
    status: row["status"] === "open" ? "open" : "resolved",
    outcome: text(row["outcome"]),
    request: asObject(row["request"]),
    resolution: row["resolution"] === null ? null : asObject(row["resolution"]),
    by: byName === null ? null : { id: text(row["resolved_by_id"]) ?? "", name: byName },
    at: time(row["resolved_at"]) ?? time(row["due_at"]) ?? 0,
  };
}

function text(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

function time(value: unknown): number | null {
  return value instanceof Date ? value.getTime() : null;
}

/** Our own functions and JSON columns give objects; anything else is corruption and must not go unnoticed. */
function asObject(value: unknown): JsonObject {
  return objectSchema.parse(value) as JsonObject;
}
