-- What happens when a driver breaks down. A newer generation fences the broken one, so that what it still says is refused.
create index if not exists runs_busy_waiting on runs (id) where busy and status like 'waiting%';

drop function if exists run_give_up(runs);

-- The run is over because no driver can carry it on: 'driver_failed' or 'poisoned'. The caller holds the lock of its row.
create or replace function run_give_up(p_run runs, p_reason text) returns void
language plpgsql as $$
declare
  v_error jsonb := jsonb_build_object('code', p_reason, 'nodeId', null, 'message', case p_reason
    when 'poisoned' then 'The same step took down three workers, so it is not tried again. What is recorded is safe. Make lists and texts smaller, or change the step, and retry the run; your administrator finds the cause in the log.'
    else 'Holdpoint tried to carry this run on, and broke down each time. What is recorded is safe. Retry the run; if it fails again, your administrator finds the cause in the log.' end);
begin
  update runs set status = 'failed', status_below = null, failure_reason = p_reason, error = v_error, ended_at = now(), parked_by = null,
    busy = false, drivers = null, next_due_at = null, generation = generation + 1
  where id = p_run.id;
  update waitpoints set status = 'cancelled', consumed = true, resolved_at = now(), resolved_via = 'system'
  where run_id = p_run.id and status = 'open';
  update step_runs set status = 'cancelled', ended_at = now()
  where run_id = p_run.id and not superseded and status in ('pending', 'running', 'waiting');
  perform put_run_events(p_run.id, p_run.organization_id,
    jsonb_build_array(jsonb_build_object('type', 'run.failed', 'data', jsonb_build_object('reason', p_reason))));
  perform put_run_ended(array[p_run.id]);
  perform put_repairs(array[p_run.id]);
end $$;

-- The driver of this generation broke down or went silent: a new one, after a pause that grows; the sixth time the run fails.
-- One that took its workers down with it gets no other. `a`: { r: run, g: generation, poisoned?, silent? (s: only if it still shows no life) }
create or replace function hot_revive(a jsonb) returns jsonb
language plpgsql as $$
declare
  v_run runs%rowtype;
  v_pauses interval[] := array['0 s', '5 s', '30 s', '2 min', '10 min'];
begin
  select * into v_run from runs where id = (a->>'r')::uuid for no key update;
  if not found or v_run.generation <> (a->>'g')::int or v_run.status = any('{paused,completed,failed,cancelled}') then
    return jsonb_build_object('ok', false);
  end if;
  -- Its driver may have shown life since it was taken for dead, and be making a call at this moment: another one would make it at the same time.
  if coalesce(v_run.heartbeat_at, v_run.created_at) > now() - make_interval(secs => (a->>'silent')::double precision * power(2, v_run.revivals)) then
    return jsonb_build_object('ok', false);
  end if;
  if a ? 'poisoned' or v_run.revivals >= cardinality(v_pauses) then
    perform run_give_up(v_run, case when a ? 'poisoned' then 'poisoned' else 'driver_failed' end);
    return jsonb_build_object('ok', true, 'failed', true, '_t', hot_touched(v_run.organization_id, v_run.id, true))
      || case when v_run.concurrency_key is null then '{}' else jsonb_build_object('freed', v_run.concurrency_key, 'workflow', v_run.workflow_id) end;
  end if;
  update runs set generation = v_run.generation + 1, parked_by = null, drivers = null, revivals = v_run.revivals + 1, heartbeat_at = now()
  where id = v_run.id;
  insert into event_outbox (id, name, data, dedupe_id, due_at, fair_key)
  values (gen_random_uuid(), 'run/requested', jsonb_build_object('runId', v_run.id, 'generation', v_run.generation + 1),
    v_run.id || ':' || (v_run.generation + 1), now() + v_pauses[v_run.revivals + 1], v_run.organization_id::text);
  perform pg_notify('hp_events', '');
  return jsonb_build_object('ok', true, 'failed', false, '_t', hot_touched(v_run.organization_id, v_run.id, false));
end $$;
