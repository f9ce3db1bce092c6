import type { Pool } from "pg";
import type { Json, JsonObject } from "@/core/json";
import type { RunStatus } from "@/core/run-status";
import type { GroupWriter } from "@/server/db/group-writer";
import { createLookup } from "@/server/db/lookup";
import { commitArgs } from "./commit-args";
import type { CommitResult, EarlierAnswers, JournalCommit, JournalRow, JournalRun, ReadyWaitpoint } from "./journal";
import { readObject, readReady, readRow, readRun } from "./journal-rows";
import { startArgs, startedSchema, type RunGroup, type RunRestore, type RunStart, type RunStarted } from "./run-start";

/** The run journal's prepared SQL: reads of drivers, and writes through the group writer. */
export interface RunStore {
  startRun(start: RunStart): Promise<RunStarted>;
  /** A new run that has everything another one had at a position; see prisma/functions/16-restore.sql. */
  restoreRun(restore: RunRestore): Promise<RunStarted>;
  loadRun(runId: string): Promise<JournalRun | null>;
  loadRows(runId: string): Promise<JournalRow[]>;
  loadEarlier(runId: string): Promise<EarlierAnswers>;
  /** Resolved but not yet taken, and open ones whose time has come. */
  readyWaitpoints(runId: string, now: number): Promise<ReadyWaitpoint[]>;
  /** Due times of what is open, nearest first, and the kinds that are open. */
  openWaitpoints(
    runId: string,
  ): Promise<{ key: string; kind: string; dueAt: number | null; request: JsonObject; id: string }[]>;
  commit(commit: JournalCommit): Promise<CommitResult>;
  resolve(args: JsonObject): Promise<JsonObject>;
  /** As `resolve`, and it can be taken back for a moment; see prisma/functions/13-take-back.sql. */
  decide(args: JsonObject): Promise<JsonObject>;
  takeBack(args: JsonObject): Promise<JsonObject>;
  /** The time of a given decision is over: it takes effect. */
  decisionDue(decision: { id: string; org: string }): Promise<JsonObject>;
  /** Keeps a call whose step does not wait yet; see prisma/functions/13-early-callback.sql. */
  callEarly(args: JsonObject): Promise<JsonObject>;
  control(args: JsonObject): Promise<JsonObject>;
  /** Shows life; false when another generation drives the run by now. */
  heartbeat(runId: string, generation: number): Promise<boolean>;
  /** A driver of this generation broke down: the next one is asked for, after a pause that grows; at last the run fails. */
  revive(runId: string, generation: number, isPoisoned?: boolean): Promise<void>;
  /** Wakes every driver that waits for this run, also one that has ended: what is left of its drivers goes away. */
  wake(runId: string): Promise<void>;
  /** Gives free places of a group of runs to those that wait for one; see prisma/functions/20-places.sql. */
  fillPlaces(workflowId: string, key: string): Promise<void>;
}

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
  async function begin(kind: "start_run" | "restore", args: JsonObject, group: RunGroup | null): Promise<RunStarted> {
    const result = startedSchema.parse(
      group === null
        ? await call(kind, args)
        : await callAlone(kind, { ...args, limited: { ...group, actor: replacedBy } }),
    );
    return result.ok
      ? { id: result.id, existing: result.existing === true, full: false, startHash: result.hash ?? null }
      : { id: "", existing: false, full: true, startHash: null };
  }
  return {
    startRun: (start) => begin("start_run", startArgs(start), start.group ?? null),
    restoreRun: ({ start, snapshot }) => begin("restore", { ...startArgs(start), ...snapshot }, start.group ?? null),
    loadRun: createLookup(async (ids) => {
      const { rows } = await pool.query<Record<string, unknown>>({
        name: "runs_load",
        text: loadRunsSql,
        values: [ids],
      });
      return new Map(rows.map((row): [string, JournalRun] => [String(row["id"]), readRun(row)]));
    }),
    async loadRows(runId) {
      const { rows } = await pool.query<Record<string, unknown>>({
        name: "run_rows",
        text: loadRowsSql,
        values: [runId],
      });
      return rows.map(readRow);
    },
    async loadEarlier(runId) {
      const [rows, edits] = await Promise.all([
        pool.query<Record<string, unknown>>({ name: "run_earlier", text: earlierRowsSql, values: [runId] }),
        pool.query<{ edits: JsonObject }>({ name: "run_first_edits", text: firstEditsSql, values: [runId] }),
      ]);
      return {
        rows: rows.rows.map(readRow),
        done: new Map(
          rows.rows.flatMap((row) =>
            row["done"] === null ? [] : [[String(row["key"]), Number(row["done"])] as const],
          ),
        ),
        edits: edits.rows.reduce<JsonObject>((all, row) => ({ ...all, ...row.edits }), {}),
      };
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
    decide: (args) => call("decide", args),
    takeBack: (args) => call("take_back", args),
    // Whoever decided must still stand: people are kept as they are for it, which `asked` asks for.
    decisionDue: ({ id, org }) => call("decision_due", { id, org, asked: {} }),
    callEarly: (args) => call("call_early", args),
    async control(args) {
      const result = await call("control", args);
      await passOn(result["workflow"], result["freed"]);
      return result;
    },
    fillPlaces,
    async revive(runId, generation, isPoisoned = false) {
      const result = await call("revive", { r: runId, g: generation, ...(isPoisoned ? { poisoned: true } : {}) });
      await passOn(result["workflow"], result["freed"]);
    },
    async heartbeat(runId, generation) {
      return (await writer.call("heartbeat", { r: runId, g: generation })) === true;
    },
    async wake(runId) {
      await writer.call("wake", { r: runId });
    },
  };
}

/** Who ends the oldest run of a full group, in the audit log. */
const replacedBy = { type: "system", id: "system", name: "Holdpoint", via: "system" };

const loadRunsSql = `select id, organization_id, workflow_id, version_id, version, status, generation, seq, parked_by, trigger_type, trigger_label,
  input, input_edits, owner_id, requested_by, contact_id, conversation_id, callback_url, test, active_ms, created_at, started_at, drivers,
  case when input_edits is not null and generation > 1 then
    (select jsonb_object_agg(p.key, p.value order by e.seq) from run_events e, jsonb_each(e.data->'patch') p
     where e.run_id = found.id and e.type = 'run.retried') end as patch
  from runs_by_id($1::uuid[]) as found`;

const rowColumns = `key, generation, seq, id, node_id, iteration, name, type, status, attempt, handle, engine, input, output, error, summary,
  attempts, warnings, started_at, ended_at, duration_ms`;

const loadRowsSql = `select ${rowColumns} from step_runs where run_id = $1 and not superseded order by seq`;

const earlierRowsSql = `select distinct on (key) ${rowColumns},
    max(seq) filter (where status = 'completed') over (partition by key) as done from step_runs
  where run_id = $1 and superseded and (status in ('completed', 'skipped') or (status = 'failed' and handle is not null))
  order by key, generation`;

const firstEditsSql = `select edits from (
    select distinct on (key) resolved_at, resolution->'edits' as edits from waitpoints
    where run_id = $1 and kind = 'approval' and consumed and jsonb_typeof(resolution->'edits') = 'object' and resolution->'edits' <> '{}'
    order by key, resolved_at
  ) first order by resolved_at`;

const readySql = `select id, key, node_id, kind, status, outcome, request, resolution, resolved_by_id, resolved_by_name, resolved_at, due_at,
  coalesce((select email from users where users.id = resolved_by_id), outside.address) as resolved_by_email,
  'email:' || outside.address as resolved_by_ref
  from waitpoints left join lateral (select address from outside_people o where o.id = resolved_by_id) outside on true
  where run_id = $1 and ((status = 'resolved' and not consumed) or (status = 'open' and due_at <= $2 and given_decision is null))
  order by coalesce(resolved_at, due_at)`;
