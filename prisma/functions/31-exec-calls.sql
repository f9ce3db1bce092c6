-- Calls to make: the payload of one, and asking for the next. A run's row is locked before anything of the run changes, so
-- that two completions at once cannot each believe the other is still outstanding.

-- Everything a worker needs for one call.
create or replace function exec_payload(p_job exec_jobs) returns jsonb
language plpgsql stable as $$
declare
  v_run exec_runs%rowtype;
  v_steps jsonb;
  v_stack jsonb;
begin
  select * into v_run from exec_runs where id = p_job.exec_run;
  select coalesce(jsonb_object_agg(step_id, jsonb_build_object('type', kind, kind, memo)), '{}'), coalesce(jsonb_agg(step_id order by seq), '[]')
  into v_steps, v_stack from exec_steps where exec_run = p_job.exec_run;
  return jsonb_build_object('run', p_job.exec_run, 'step', p_job.step_id, 'attempt', p_job.attempt, 'fence', p_job.fence,
    'takeovers', p_job.takeovers, 'fn', v_run.function_id, 'key', v_run.fair_key, 'events', v_run.events, 'steps', v_steps, 'stack', v_stack);
end $$;

-- Is anything of this run still to come: a planned step, or a step that waits?
create or replace function exec_outstanding(p_run uuid) returns boolean
language sql stable as $$
  select exists (select 1 from exec_jobs where exec_run = p_run and step_id <> 'step')
      or exists (select 1 from exec_waits where exec_run = p_run and kind in ('sleep', 'event', 'signal', 'invoke'))
$$;

-- Asks for one more call of the function; one that is under way is repeated instead. Leased when a worker is given and
-- no concurrency limit applies: then the answer is its payload.
drop function if exists exec_discover(exec_runs, uuid);

create or replace function exec_discover(p_run exec_runs, p_worker uuid, p_run_at timestamptz default now()) returns jsonb
language plpgsql as $$
declare
  v_job exec_jobs%rowtype;
  v_worker uuid := case when p_run.limit_keys = '{}' then p_worker end;
begin
  insert into exec_jobs (exec_run, step_id, fence, leased_by, leased_at, limit_keys, limit_sizes, fair_key, run_at)
  values (p_run.id, 'step', nextval('exec_fence'), v_worker, case when v_worker is not null then now() end, p_run.limit_keys, p_run.limit_sizes,
    p_run.fair_key, p_run_at)
  on conflict (exec_run, step_id) do update set again = true
  returning * into v_job;
  if v_job.again or v_worker is null then return null; end if;
  return exec_payload(v_job);
end $$;

-- The run's row is locked by the caller, and the wait or job that brought this about is gone.
create or replace function exec_complete(p_run exec_runs, p_step text, p_name text, p_kind text, p_memo jsonb, p_race boolean, p_worker uuid) returns jsonb
language plpgsql as $$
begin
  insert into exec_steps (exec_run, step_id, name, kind, memo) values (p_run.id, p_step, p_name, p_kind, p_memo) on conflict do nothing;
  if not p_race and exec_outstanding(p_run.id) then return null; end if;
  return exec_discover(p_run, p_worker);
end $$;
