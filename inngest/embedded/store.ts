import type { Pool } from "pg";
import type { Json, JsonObject } from "@/core/json";
import type { GroupWriter } from "@/server/db/group-writer";
import type { Call } from "./call";
import type { Condition } from "./condition";
import { retrying } from "./retrying";
import type { ProcessIdentity } from "./process-identity";

export interface PendingEvent {
  id: string;
  name: string;
  /** Whose event it is. */
  key: string;
  data: JsonObject;
  dedupe: string | null;
  ts: number;
  waits: { run: string; wait: string; residual: Condition | null }[] | null;
}

export interface StartDraft {
  run: string;
  fn: string;
  lease: boolean;
  dedupe?: string[];
  limitKeys?: string[];
  limitSizes?: number[];
  startTimeoutMs?: number;
  finishTimeoutMs?: number;
  cancels?: WaitDraft[];
}

export interface WaitDraft {
  id: string;
  kind: "sleep" | "event" | "signal" | "invoke" | "cancel";
  name?: string;
  event?: string;
  key?: string;
  residual?: Condition | null;
  race?: boolean;
  dueAt?: number;
  dueMs?: number;
  /** Signals: `replace` takes the signal over from whoever waited for it. */
  conflict?: string;
}

export interface MemoDraft {
  id: string;
  name: string;
  kind: "data" | "error";
  memo: Json;
}

export interface EventPlan {
  id: string;
  starts: StartDraft[];
  wakes: { run: string; wait: string; lease: boolean }[];
}

export interface AnswerDraft {
  memos: MemoDraft[];
  waits: WaitDraft[];
  planned: { id: string; race: boolean }[];
  children: (StartDraft & { parentStep: string; event: JsonObject })[];
}

export interface EventDraft {
  id: string;
  name: string;
  data: JsonObject;
  dedupeId: string | null;
  dueAt: number;
}

/** A worker process as others see it. */
export interface WorkerDraft extends ProcessIdentity {
  id: string;
  name: string;
  /** Workers whose process is no more: their calls are free. */
  gone: string[];
  /** Those of them that crashed or hung: it may be because of what they had in hand. */
  faulty: string[];
}

/** What a claim is to know of the slots: how many each key has, the most that one may have, and whose turn was last. */
export interface ShareDraft {
  hands: Record<string, number>;
  most: number;
  after: string;
}

export interface Claimed {
  jobs: Call[];
  /** Calls looked at, those without room under a concurrency limit included. */
  seen: number;
  /** Whose due calls are left, and whether there may be others. */
  waiting: string[];
  cut: boolean;
  after: string;
}

type CallKey = Pick<Call, "run" | "step" | "fence">;
/** A call, and whose it is. */
type OwnCall = CallKey & Pick<Call, "key">;

export type Store = ReturnType<typeof createStore>;

/** Everything the executor asks of PostgreSQL: see prisma/functions/*-exec-*.sql. Waits out lost connections. */
export function createStore(pool: Pool, writer: GroupWriter, isStopped: () => boolean) {
  // The SQL functions are ours and answer with these shapes.
  const hot = <T>(kind: string, args: unknown, owner?: string): Promise<T> =>
    retrying(() => writer.call(kind, args as JsonObject, owner), isStopped) as Promise<T>;
  const query = async <T>(name: string, text: string, values: unknown[]): Promise<T[]> =>
    (await retrying(() => pool.query<{ r: T }>({ name, text, values }), isStopped)).rows.map((row) => row.r);
  const one = async <T>(name: string, text: string, values: unknown[]): Promise<T> => {
    const [row] = await query<T>(name, text, values);
    if (row === undefined) throw new Error(`${name} answered nothing.`);
    return row;
  };

  return {
    peek: (limit: number, after: string) =>
      one<{ events: PendingEvent[]; after: string; more: boolean }>("exec_peek", "select exec_peek($1, $2) as r", [
        limit,
        after,
      ]),
    accept: (worker: string, events: EventPlan[]) =>
      hot<{ started: { run: string; fence: number }[]; woken: Call[]; left: number }>("exec_accept", {
        worker,
        events,
      }),
    postpone: (event: string, ms: number) =>
      query(
        "exec_postpone",
        "update event_outbox set due_at = now() + make_interval(secs => $2::double precision / 1000) where id = $1 returning null as r",
        [event, ms],
      ),
    answer: (call: OwnCall, worker: string, lease: number, draft: AnswerDraft) =>
      hot<{ stale?: true; planned?: Call[]; next?: Call | null }>(
        "exec_answer",
        { ...keyOf(call), worker, lease, ...draft },
        call.key,
      ),
    retry: (call: OwnCall, worker: string, attempt: number, retryMs: number, memos: MemoDraft[]) =>
      hot<{ stale?: true }>(
        "exec_answer",
        { ...keyOf(call), worker, lease: 0, memos, waits: [], planned: [], children: [], attempt, retryMs },
        call.key,
      ),
    finish: (call: OwnCall, status: "Completed" | "Failed", outcome: JsonObject, tell: boolean) =>
      hot<{ stale?: true; parent?: string | null }>("exec_finish", { ...keyOf(call), status, outcome, tell }, call.key),
    checkpoint: (call: OwnCall, memos: MemoDraft[]) =>
      hot<boolean>("exec_checkpoint", { ...keyOf(call), memos }, call.key),
    signal: (signal: string, data: Json) => hot<string | null>("exec_signal", { signal, data }),
    release: (worker: string, jobs: CallKey[]) => hot<null>("exec_release", { worker, jobs: jobs.map(keyOf) }),
    cronFire: (tick: {
      fn: string;
      cron: string;
      at: number;
      nextAt: number;
      fireAt: number;
      start: StartDraft;
      event: JsonObject;
    }) => hot<boolean>("exec_cron_fire", tick),
    tick: (worker: string, free: number, due: number, share: ShareDraft) =>
      one<Claimed & { fell: number; nextMs: number | null }>("exec_tick", "select exec_tick($1, $2, $3, $4) as r", [
        worker,
        free,
        due,
        JSON.stringify(share),
      ]),
    /** Workers of this host that nobody has declared dead. */
    neighbours: (host: string) =>
      query<{ id: string; pid: number; start: string }>(
        "exec_neighbours",
        "select jsonb_build_object('id', id, 'pid', pid, 'start', process_start) as r from exec_workers where host = $1 and not dead",
        [host],
      ),
    register: (worker: WorkerDraft) =>
      query("exec_register", "select exec_register($1) as r", [JSON.stringify(worker)]),
    heartbeat: (worker: string, silentMs: number, mayJudge: boolean) =>
      one<{ alive: boolean; freed: number }>("exec_heartbeat", "select exec_heartbeat($1, $2, $3) as r", [
        worker,
        silentMs,
        mayJudge,
      ]),
    retire: (worker: string) =>
      query("exec_retire", "update exec_workers set dead = true where id = $1 returning null as r", [worker]),
    /** Calls that the database believes this worker holds for at least five seconds. */
    held: (worker: string) =>
      query<CallKey>(
        "exec_held",
        "select jsonb_build_object('run', exec_run, 'step', step_id, 'fence', fence) as r from exec_jobs where leased_by = $1 and leased_at < now() - interval '5 s'",
        [worker],
      ),
    forgetDedupe: () =>
      query("exec_forget", "delete from exec_dedupe where expires_at <= now() returning null as r", []),
    insertEvents: (events: EventDraft[]) =>
      query(
        "exec_insert_events",
        `insert into event_outbox (id, name, data, dedupe_id, due_at, fair_key)
         select (e->>'id')::uuid, e->>'name', e->'data', e->>'dedupeId', greatest(now(), exec_time(e->'dueAt')),
           coalesce(nullif(left(e->'data'->>'organizationId', 64), ''), '-')
         from jsonb_array_elements($1::jsonb) e on conflict (id) do nothing returning null as r`,
        [JSON.stringify(events)],
      ),
    crons: (ids: string[]) =>
      query<{ fn: string; cron: string; at: number; fireAt: number }>(
        "exec_crons",
        "select jsonb_build_object('fn', function_id, 'cron', cron, 'at', exec_ms(next_at), 'fireAt', exec_ms(fire_at)) as r from exec_cron where function_id = any($1)",
        [ids],
      ),
    addCron: (fn: string, cron: string, nextAt: number, fireAt: number) =>
      query(
        "exec_add_cron",
        "insert into exec_cron (function_id, cron, next_at, fire_at) values ($1, $2, exec_time(to_jsonb($3::double precision)), exec_time(to_jsonb($4::double precision))) on conflict do nothing returning null as r",
        [fn, cron, nextAt, fireAt],
      ),
    /** What is due or under way right now: zero means nothing to do. */
    busy: () =>
      one<number>(
        "exec_busy",
        `select (select count(*) from exec_jobs where leased_by is not null or run_at <= now())
              + (select count(*) from event_outbox where due_at <= now()) + (select count(*) from exec_waits where due_at <= now()) as r`,
        [],
      ).then(Number),
  };
}

function keyOf(call: CallKey): CallKey {
  return { run: call.run, step: call.step, fence: call.fence };
}
