import type { Pool } from "pg";
import { closedOrganizations } from "@/server/auth/demo-organizations";

export interface SweepResult {
  /** Wake-ups sent again. */
  woken: number;
  /** Runs whose driver died; a new one was asked for. */
  revived: string[];
  /** Groups of runs with a free place that nobody gave to the next in line. */
  placed: number;
}

/** How long a signal may go unheeded before it is sent again, and after how long its driver is taken for dead. */
const unheeded = "3 seconds";
const abandoned = "60 seconds";

/**
 * The backstop: everything is told by events, and an event can be lost. Sends again what was not taken within seconds, gives a
 * busy run's due timers a driver of their own, and replaces drivers that died. Each query is driven by an index.
 *
 * `silentSeconds`: how long a run that somebody should be working on may show no life. A driver that still waits for its turn
 * in the embedded executor or in the outbox is not dead, however long the queue is; a queue elsewhere cannot be seen from here.
 * Runs of a closed demo stay asleep: they go on as soon as it is opened again.
 */
export async function sweepRuns(pool: Pool, silentSeconds = 60): Promise<SweepResult> {
  const due = await pool.query({ name: "sweep_due", text: dueSql, values: [closedOrganizations()] });
  const lost = await pool.query({ name: "sweep_lost", text: lostSql, values: [closedOrganizations()] });
  const decided = await pool.query({ name: "sweep_decided", text: decidedSql, values: [closedOrganizations()] });
  const woken = (due.rowCount ?? 0) + (lost.rowCount ?? 0) + (decided.rowCount ?? 0);
  if (woken > 0) await pool.query("select pg_notify('hp_events', '')");
  const revived = await reviveDead(pool, silentSeconds);
  return { woken, revived, placed: await fillForgottenPlaces(pool) };
}

async function reviveDead(pool: Pool, silentSeconds: number): Promise<string[]> {
  const { rows } = await pool.query<{ r: string; g: number }>({
    name: "sweep_dead",
    text: deadSql,
    values: [silentSeconds, closedOrganizations()],
  });
  const revived: string[] = [];
  for (const dead of rows) {
    const answer = await pool.query<{ results: { ok: boolean }[] }>("select hot_batch($1::jsonb) as results", [
      JSON.stringify([{ k: "revive", a: { ...dead, silent: silentSeconds } }]),
    ]);
    if (answer.rows[0]?.results[0]?.ok) revived.push(dead.r);
  }
  return revived;
}

/** Whoever ended the run before died before it could pass the place on. */
async function fillForgottenPlaces(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ workflow: string; key: string }>({
    name: "sweep_places",
    text: placesSql,
    values: [closedOrganizations()],
  });
  // One at a time: a transaction may hold the lock of one group only.
  for (const group of rows)
    await pool.query("select hot_batch($1::jsonb)", [JSON.stringify([{ k: "place", a: group }])]);
  return rows.length;
}

const placesSql = `select q.workflow_id as workflow, q.concurrency_key as key
  from (
    select distinct on (workflow_id, concurrency_key) workflow_id, concurrency_key, version_id from runs
    where queued_at is not null and ended_at is null and status = 'pending' and queued_at < now() - interval '${unheeded}'
      and organization_id <> all($1::uuid[])
    order by workflow_id, concurrency_key, queued_at
  ) q join workflow_versions v on v.id = q.version_id
  where (select count(*) from runs r where r.workflow_id = q.workflow_id and r.concurrency_key = q.concurrency_key
      and r.ended_at is null and r.queued_at is null)
    < case when q.concurrency_key like 'schedule:%' then 1 else coalesce((v.config->'concurrency'->>'limit')::int, 2147483647) end
  limit 200`;

/** Runs whose next step forward lies in the outbox: hashed once, not looked up row by row. */
const announced = `(select data->>'runId' from event_outbox where name in ('run/requested', 'run/wake') and data->>'runId' is not null)`;

const wakeRun = `insert into event_outbox (id, name, data, dedupe_id, fair_key)
  select gen_random_uuid(),
    case when r.parked_by is null then 'run/requested' else 'run/wake' end,
    case when r.parked_by is null then jsonb_build_object('runId', r.id, 'generation', r.generation, 'lane', w.id) else jsonb_build_object('runId', r.id) end,
    'sweep:' || w.id || ':' || floor(extract(epoch from now()) / 3), r.organization_id::text
  from waitpoints w join runs r on r.id = w.run_id
  where r.status not in ('paused', 'completed', 'failed', 'cancelled') and r.id::text not in ${announced}
    and r.organization_id <> all($1::uuid[])`;

/** Due now on a busy run; on a parked one its own timer is trusted for a moment. */
const dueSql = `${wakeRun} and w.status = 'open' and not w.consumed and w.due_at < now() and w.given_decision is null
  and (r.parked_by is null or w.due_at < now() - interval '${unheeded}') limit 200`;

const lostSql = `${wakeRun} and w.status = 'resolved' and not w.consumed and w.resolved_at < now() - interval '${unheeded}' limit 200`;

/** Decisions whose time to be taken back is long over, and whose event was lost. */
const decidedSql = `insert into event_outbox (id, name, data, dedupe_id, fair_key)
  select gen_random_uuid(), 'decision/due', jsonb_build_object('waitpointId', id, 'organizationId', organization_id),
    'decision:' || id || ':' || floor(extract(epoch from now()) / 3), organization_id::text
  from waitpoints where effective_at < now() - interval '${unheeded}' and given_decision is not null
    and organization_id <> all($1::uuid[]) limit 200`;

/**
 * Every open run that somebody should be at work on and nobody is: what is runnable has no driver (\`busy\` tells when another
 * branch waits for a person), or a wake-up was sent again and again to a driver that is gone.
 */
const deadSql = `select distinct s.id as r, s.generation as g
  from (
    select id, generation, revivals, heartbeat_at, created_at from runs where status in ('pending', 'running') and queued_at is null
    union all
    select id, generation, revivals, heartbeat_at, created_at from runs where busy and status like 'waiting%'
    union all
    select r.id, r.generation, r.revivals, r.heartbeat_at, r.created_at from waitpoints w join runs r on r.id = w.run_id
    where w.status = 'resolved' and not w.consumed and w.resolved_at < now() - interval '${abandoned}' and r.status like 'waiting%'
    union all
    select r.id, r.generation, r.revivals, r.heartbeat_at, r.created_at from waitpoints w join runs r on r.id = w.run_id
    where w.status = 'open' and not w.consumed and w.due_at < now() - interval '${abandoned}' and w.given_decision is null
      and r.status like 'waiting%'
  ) s
  where not exists (select from runs r where r.id = s.id and r.organization_id = any($2::uuid[]))
    and coalesce(s.heartbeat_at, s.created_at) < now() - make_interval(secs => $1::double precision * power(2, s.revivals))
    and s.id::text not in ${announced} and not exec_has_call(s.id, s.generation)
  limit 50`;
