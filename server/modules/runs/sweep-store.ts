import type { Pool } from "pg";

export interface SweepResult {
  /** Wake-ups sent again. */
  woken: number;
  /** Runs whose driver died; a new one was asked for. */
  revived: string[];
  /** Groups of runs with a free place that nobody gave to the next in line. */
  placed: number;
}

/** How long a signal may go unheeded, and how long a driver may be silent, before the sweeper steps in. */
const unheeded = "3 seconds";
const silent = "60 seconds";

/**
 * The backstop: everything is told by events, and an event can be lost. Sends again what was not taken within seconds, gives a
 * busy run's due timers a driver of their own, and replaces drivers that died. Each query is driven by an index.
 */
export async function sweepRuns(pool: Pool): Promise<SweepResult> {
  const due = await pool.query({ name: "sweep_due", text: dueSql });
  const lost = await pool.query({ name: "sweep_lost", text: lostSql });
  const revived = await pool.query<{ id: string }>({ name: "sweep_dead", text: deadSql });
  const woken = (due.rowCount ?? 0) + (lost.rowCount ?? 0);
  if (woken + (revived.rowCount ?? 0) > 0) await pool.query("select pg_notify('hp_events', '')");
  return { woken, revived: revived.rows.map((row) => row.id), placed: await fillForgottenPlaces(pool) };
}

/** Whoever ended the run before died before it could pass the place on. */
async function fillForgottenPlaces(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ workflow: string; key: string }>({ name: "sweep_places", text: placesSql });
  // One at a time: a transaction may hold the lock of one group only.
  for (const group of rows)
    await pool.query("select hot_batch($1::jsonb)", [JSON.stringify([{ k: "place", a: group }])]);
  return rows.length;
}

const placesSql = `select q.workflow_id as workflow, q.concurrency_key as key
  from (
    select distinct on (workflow_id, concurrency_key) workflow_id, concurrency_key, version_id from runs
    where queued_at is not null and ended_at is null and status = 'pending' and queued_at < now() - interval '${unheeded}'
    order by workflow_id, concurrency_key, queued_at
  ) q join workflow_versions v on v.id = q.version_id
  where (select count(*) from runs r where r.workflow_id = q.workflow_id and r.concurrency_key = q.concurrency_key
      and r.ended_at is null and r.queued_at is null)
    < case when q.concurrency_key like 'schedule:%' then 1 else coalesce((v.config->'concurrency'->>'limit')::int, 2147483647) end
  limit 200`;

const wakeRun = `insert into event_outbox (id, name, data, dedupe_id)
  select gen_random_uuid(),
    case when r.parked_by is null then 'run/requested' else 'run/wake' end,
    case when r.parked_by is null then jsonb_build_object('runId', r.id, 'generation', r.generation, 'lane', w.id) else jsonb_build_object('runId', r.id) end,
    'sweep:' || w.id || ':' || floor(extract(epoch from now()) / 3)
  from waitpoints w join runs r on r.id = w.run_id
  where r.status not in ('paused', 'completed', 'failed', 'cancelled')`;

/** Due now on a busy run; on a parked one its own timer is trusted for a moment. */
const dueSql = `${wakeRun} and w.status = 'open' and not w.consumed and w.due_at < now()
  and (r.parked_by is null or w.due_at < now() - interval '${unheeded}') limit 200`;

const lostSql = `${wakeRun} and w.status = 'resolved' and not w.consumed and w.resolved_at < now() - interval '${unheeded}' limit 200`;

/** The generation is raised, so that a driver which was only slow can record nothing any more. */
const deadSql = `with dead as (
    select id from runs where status in ('pending', 'running') and queued_at is null and coalesce(heartbeat_at, created_at) < now() - interval '${silent}'
      and not exists (select 1 from event_outbox e where e.name = 'run/requested' and e.data->>'runId' = runs.id::text)
    limit 50 for update skip locked
  ), raised as (
    update runs set generation = generation + 1, parked_by = null, heartbeat_at = now() where id in (select id from dead) returning id, generation
  )
  insert into event_outbox (id, name, data, dedupe_id)
  select gen_random_uuid(), 'run/requested', jsonb_build_object('runId', id, 'generation', generation), id || ':' || generation from raised
  returning (data->>'runId') as id`;
