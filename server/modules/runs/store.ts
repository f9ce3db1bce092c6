import type { Pool } from "pg";
import { z } from "zod";
import type { Json, JsonObject } from "@/core/json";
import { newId } from "@/core/ids";
import type { RunStatus } from "@/core/contracts/run";
import type { GroupWriter } from "@/server/db/group-writer";
import { commitArgs } from "./commit-args";
import type { CommitResult, JournalCommit, JournalRow, JournalRun, ReadyWaitpoint } from "./journal";
import { subjectOf } from "./subject";
import { readObject, readReady, readRow, readRun } from "./journal-rows";

/** The run journal's prepared SQL: reads of drivers, and writes through the group writer. */
export interface RunStore {
  /** `full`: no place was free and the workflow says to start nothing then; there is no run. */
  startRun(start: RunStart): Promise<{ id: string; existing: boolean; full: boolean }>;
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
  /** A driver of this generation broke down: the next one is asked for, after a pause that grows; at last the run fails. */
  revive(runId: string, generation: number): Promise<void>;
  /** Wakes every driver that waits for this run, also one that has ended: what is left of its drivers goes away. */
  wake(runId: string): Promise<void>;
  /** Gives free places of a group of runs to those that wait for one; see prisma/functions/20-places.sql. */
  fillPlaces(workflowId: string, key: string): Promise<void>;
}

/** The limit a run counts in. */
export interface RunGroup {
  key: string;
  limit: number;
  whenFull: "queue" | "skip" | "cancel_oldest";
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
  /** Of a workflow that limits how many run at once. */
  group?: RunGroup | null;
  /** Key of the start node when it is an effect; the driver then begins without a step of its own. */
  first: string | null;
}

const startedSchema = z.union([
  z.object({ ok: z.literal(true), id: z.string(), existing: z.boolean().nullish() }),
  z.object({ ok: z.literal(false), reason: z.literal("full") }),
]);

export function createRunStore(pool: Pool, writer: GroupWriter): RunStore {
  async function call(kind: string, args: JsonObject): Promise<JsonObject> {
    return readObject(await writer.call(kind, args));
  }
  /** In a transaction of its own: what takes the lock of a group of runs may share none. */
  async function callAlone(kind: string, args: JsonObject): Promise<JsonObject> {
    const { rows } = await pool.query<{ results: Json[] }>("select hot_batch($1::jsonb) as results", [
      JSON.stringify([{ k: kind, a: args }]),
    ]);
    return readObject(rows[0]?.results[0] ?? null);
  }
  async function fillPlaces(workflowId: string, key: string): Promise<void> {
    await callAlone("place", { workflow: workflowId, key });
  }
  /** After the change that freed a place. Should it fail, the sweeper does it a moment later. */
  async function passOn(workflowId: unknown, key: unknown): Promise<void> {
    if (typeof workflowId === "string" && typeof key === "string")
      await fillPlaces(workflowId, key).catch(() => undefined);
  }
  return {
    async startRun(start) {
      const id = start.id ?? newId();
      const args: JsonObject = {
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
        subject: subjectOf(start.input),
        owner: start.ownerId,
        requestedBy: start.requestedBy ?? null,
        contact: start.contactId ?? null,
        conversation: start.conversationId ?? null,
        test: start.test ?? false,
        callbackUrl: start.callbackUrl ?? null,
        restoredFrom: start.restoredFrom ?? null,
        startKey: start.startKey ?? null,
        first: start.first,
      };
      const group = start.group ?? null;
      const result = startedSchema.parse(
        group === null
          ? await call("start_run", args)
          : await callAlone("start_run", { ...args, limited: { ...group, actor: replacedBy } }),
      );
      return result.ok
        ? { id: result.id, existing: result.existing === true, full: false }
        : { id, existing: false, full: true };
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
      if (result["ok"] === true) {
        await passOn(commit.run.workflowId, result["freed"]);
        return { ok: true, status: result["status"] as RunStatus };
      }
      return {
        ok: false,
        status: (result["status"] as RunStatus | undefined) ?? null,
        generation: Number(result["generation"] ?? 0),
        seq: Number(result["seq"] ?? 0),
      };
    },
    resolve: (args) => call("resolve", args),
    async control(args) {
      const result = await call("control", args);
      await passOn(result["workflow"], result["freed"]);
      return result;
    },
    fillPlaces,
    async revive(runId, generation) {
      const result = await call("revive", { r: runId, g: generation });
      await passOn(result["workflow"], result["freed"]);
    },
    async heartbeat(runId, generation) {
      await writer.call("heartbeat", { r: runId, g: generation });
    },
    async wake(runId) {
      await writer.call("wake", { r: runId });
    },
  };
}

/** Who ends the oldest run of a full group, in the audit log. */
const replacedBy = { type: "system", id: "system", name: "Holdpoint", via: "system" };

const loadRunSql = `select id, organization_id, workflow_id, version_id, version, status, generation, seq, parked_by, trigger_type, trigger_label,
  input, input_edits, owner_id, requested_by, contact_id, conversation_id, callback_url, test, active_ms, created_at, started_at, drivers,
  case when input_edits is not null and generation > 1 then
    (select max((data->>'patched')::int) from run_events where run_id = runs.id and type = 'run.retry') end as patched
  from runs where id = $1`;

const loadRowsSql = `select key, generation, seq, id, node_id, iteration, name, type, status, attempt, handle, engine, input, output, error, summary,
  attempts, warnings, started_at, ended_at, duration_ms
  from step_runs where run_id = $1 and not superseded order by seq`;

const readySql = `select id, key, node_id, kind, status, outcome, request, resolution, resolved_by_id, resolved_by_name, resolved_at, due_at
  from waitpoints where run_id = $1 and ((status = 'resolved' and not consumed) or (status = 'open' and due_at <= $2))
  order by coalesce(resolved_at, due_at)`;
