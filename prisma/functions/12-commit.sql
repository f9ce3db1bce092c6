-- Journal commits, all of a batch together: compare-and-set on (generation, seq), then everything that belongs to them. `p_at`: which of the
-- items they are, counted from 0, in the order in which their runs are locked; arguments as server/modules/runs/commit-args.ts makes them.
-- Gives for each its answer, with how the run ended (`_end`) for those who wait for it, and who is to be told of it.
create or replace function hot_commits(p_items jsonb, p_at int[])
returns table (item int, answer jsonb, org uuid, run uuid, done boolean, asks boolean)
language plpgsql set enable_hashjoin = off set enable_mergejoin = off as $$
#variable_conflict use_column
declare
  -- Of those that came through: which items they are, and their runs.
  v_at int[];
  v_runs uuid[];
  v_orgs uuid[];
  v_statuses text[];
  v_keys text[];
  v_lasts bigint[];
  v_logs jsonb[];
  v_ends jsonb[];
  v_ended uuid[];
  v_fenced int;
begin
  with moved as (
    update runs set
      seq = c.n,
      heartbeat_at = now(),
      status = case when runs.status = 'paused' and not (c.u->>'status' = any('{completed,failed,cancelled}')) then 'paused' else c.u->>'status' end,
      status_below = case when runs.status = 'paused' and not (c.u->>'status' = any('{completed,failed,cancelled}')) then c.u->>'status' end,
      parked_by = c.u->>'parkedBy',
      busy = (c.u->>'busy')::boolean,
      drivers = case when c.u ? 'bump' then null when c.u ? 'drivers' then c.u->'drivers' else drivers end,
      revivals = case when c.progress then 0 else revivals end,
      next_due_at = to_timestamp((c.u->>'nextDueAt')::double precision / 1000),
      active_ms = coalesce((c.u->>'activeMs')::bigint, active_ms),
      started_at = coalesce(started_at, to_timestamp((c.u->>'startedAt')::double precision / 1000)),
      ended_at = to_timestamp((c.u->>'endedAt')::double precision / 1000),
      output = case when c.u ? 'output' then c.u->'output' else output end,
      error = case when c.u ? 'error' then nullif(c.u->'error', 'null'::jsonb) else error end,
      failure_reason = case when c.u ? 'failureReason' then c.u->>'failureReason' else failure_reason end,
      warnings = case when c.u ? 'warnings' then nullif(c.u->'warnings', 'null'::jsonb) else warnings end,
      end_message = case when c.u ? 'endMessage' then c.u->>'endMessage' else end_message end,
      input_edits = case when c.u ? 'inputEdits' then c.u->'inputEdits' else input_edits end,
      event_seq = event_seq + coalesce(jsonb_array_length(c.log), 0),
      generation = generation + coalesce((c.u->>'bump')::int, 0)
    from (
      select i.at, f.* from unnest(p_at) with ordinality as i(at, turn),
        jsonb_to_record(p_items->i.at->'a') as f(r uuid, g int, s bigint, n bigint, u jsonb, log jsonb, progress boolean) order by i.turn
    ) c
    where runs.id = c.r and runs.generation = c.g and runs.seq = c.s and runs.status <> all('{completed,failed,cancelled}')
    returning c.at, runs.id, runs.organization_id as org, runs.status, runs.concurrency_key as key, runs.event_seq - coalesce(jsonb_array_length(c.log), 0) as last,
      coalesce(c.log, '[]') as log, case when runs.status = any('{completed,failed,cancelled}') then run_end(runs) end as end_of
  )
  select array_agg(at), array_agg(id), array_agg(org), array_agg(status), array_agg(key), array_agg(last), array_agg(log), array_agg(end_of),
    array_agg(id) filter (where end_of is not null)
  into v_at, v_runs, v_orgs, v_statuses, v_keys, v_lasts, v_logs, v_ends, v_ended from moved;

  if coalesce(cardinality(v_at), 0) < cardinality(p_at) then
    return query
      select i.at, jsonb_build_object('ok', false, 'status', r.status, 'generation', r.generation, 'seq', r.seq), null::uuid, null::uuid, false, false
      from unnest(p_at) as i(at) left join runs r on r.id = (p_items->i.at->'a'->>'r')::uuid
      where i.at <> all(coalesce(v_at, '{}'));
  end if;
  if v_at is null then return; end if;

  v_fenced := commit_memos(p_items, v_at);
  if v_fenced is not null then raise exception 'fenced' using errcode = 'HP001', hint = 'item ' || v_fenced; end if;

  -- Before what below may add to the history.
  perform insert_run_events(v_runs, v_orgs, v_lasts, v_logs);

  if p_items @? '$[*].a.supersede' then
    perform commit_supersede(p_items->at->'a') from unnest(v_at) as at where p_items->at->'a' ? 'supersede';
  end if;

  insert into step_runs (run_id, key, seq, generation, id, organization_id, node_id, iteration, name, type, status, attempt, handle,
                         engine, input, output, error, summary, attempts, warnings, started_at, ended_at, duration_ms)
  select c.run, w.key, w.seq, w.g, w.id, c.org, w."nodeId", w.iteration, w.name, w.type, w.status, w.attempt, w.handle,
         nullif(w.engine, 'null'::jsonb), w.input, w.output, nullif(w.error, 'null'::jsonb), w.summary, nullif(w.attempts, 'null'::jsonb),
         nullif(w.warnings, 'null'::jsonb), to_timestamp(w."startedAt" / 1000), to_timestamp(w."endedAt" / 1000), w."durationMs"
  from unnest(v_at, v_runs, v_orgs) as c(at, run, org), jsonb_to_recordset(p_items->c.at->'a'->'w') as w(key text, seq bigint, g int, id uuid, "nodeId" text, iteration text, name text, type text, status text,
         attempt int, handle text, engine jsonb, input jsonb, output jsonb, error jsonb, summary text, attempts jsonb, warnings jsonb,
         "startedAt" double precision, "endedAt" double precision, "durationMs" bigint)
  on conflict (run_id, key, generation) do update set
    seq = excluded.seq, status = excluded.status, attempt = excluded.attempt, handle = excluded.handle, engine = excluded.engine,
    input = coalesce(excluded.input, step_runs.input), output = excluded.output, error = excluded.error, summary = excluded.summary,
    attempts = coalesce(excluded.attempts, step_runs.attempts), warnings = coalesce(excluded.warnings, step_runs.warnings),
    started_at = coalesce(step_runs.started_at, excluded.started_at), ended_at = excluded.ended_at, duration_ms = excluded.duration_ms;

  perform commit_parts(c.a, c.status, c.at)
  from (select at, status, p_items->at->'a' as a from unnest(v_at, v_statuses) as m(at, status) offset 0) c
  where c.a ?| '{due,consumed,close,open,receipts,deliver,say,events}' or (c.a->>'waits')::boolean
    or (c.a ? 'emit' and exists (select from webhook_subscriptions where organization_id = (c.a->>'o')::uuid and disabled_at is null));
  if v_ended is not null then
    update waitpoints set status = 'cancelled', consumed = true, resolved_at = now(), resolved_via = 'system'
    where run_id = any(v_ended) and status = 'open';
    perform put_run_ended(v_ended);
    if 'failed' = any(v_statuses) then
      perform put_repairs(array(select run from unnest(v_runs, v_statuses) as e(run, status) where status = 'failed'));
    end if;
  end if;

  -- A place that is free is given to the next in line by the caller, in a transaction of its own.
  return query
    select c.at, jsonb_build_object('ok', true, 'status', c.status)
        || case when c.end_of is null then '{}' else jsonb_build_object('_end', c.end_of) || case when c.key is null then '{}' else jsonb_build_object('freed', c.key) end end,
      c.org, c.run, c.end_of is not null, c.status = any('{waiting_approval,waiting_form,waiting_human}')
    from unnest(v_at, v_runs, v_orgs, v_statuses, v_keys, v_ends) as c(at, run, org, status, key, end_of);
end $$;
