-- What happens because its time has come.

-- Waits whose time has come. Runs that are busy right now are left for the next round; they count, so that it comes soon.
create or replace function exec_fall_due(p_limit int) returns int
language plpgsql as $$
declare
  v_due exec_waits%rowtype;
  v_run exec_runs%rowtype;
  v_done int := 0;
begin
  for v_due in select * from exec_waits where due_at <= now() + interval '1 ms' order by due_at limit p_limit loop
    v_done := v_done + 1;
    select * into v_run from exec_runs where id = v_due.exec_run for update skip locked;
    if not found then
      delete from exec_waits where exec_run = v_due.exec_run and wait_id = v_due.wait_id
        and not exists (select 1 from exec_runs where id = v_due.exec_run);
      continue;
    end if;
    delete from exec_waits where exec_run = v_due.exec_run and wait_id = v_due.wait_id;
    if not found then continue; end if;
    if v_due.kind in ('start_timeout', 'finish_timeout') then
      perform exec_end(v_run, 'Cancelled', '{}', true);
    elsif v_due.kind = 'invoke' then
      perform exec_complete(v_run, v_due.wait_id, v_due.name, 'error',
        jsonb_build_object('name', 'InngestInvokeTimeoutError', 'message', 'The invoked function did not finish in time.'), v_due.race, null);
    elsif v_due.kind <> 'cancel' then
      perform exec_complete(v_run, v_due.wait_id, v_due.name, 'data', 'null', v_due.race, null);
    end if;
  end loop;
  return v_done;
end $$;

-- A cron tick, once: the row moves on by compare-and-set. `a`: { fn, cron, at, nextAt, fireAt, start, event, worker }
create or replace function exec_cron_fire(a jsonb) returns jsonb
language plpgsql as $$
begin
  update exec_cron set next_at = exec_time(a->'nextAt'), fire_at = exec_time(a->'fireAt')
  where function_id = a->>'fn' and cron = a->>'cron' and next_at = exec_time(a->'at');
  if not found then return 'false'; end if;
  perform exec_start(a->'start', jsonb_build_array(a->'event'), null, null, null, '-');
  return 'true';
end $$;

-- One look at the clock: what fell due, what this worker may call now, and how long until something else is due.
drop function if exists exec_tick(uuid, int, int);

create or replace function exec_tick(p_worker uuid, p_free int, p_due int, p_share jsonb) returns jsonb
language plpgsql set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
declare
  v_fell int := exec_fall_due(p_due);
  v_claim jsonb := exec_claim(p_worker, p_free, p_share);
  v_next timestamptz;
begin
  select min(at) into v_next from (
    select (select min(run_at) from exec_jobs where leased_by is null and blocked_on is null and run_at > now()) as at
    union all select (select min(due_at) from exec_waits where due_at > now())
    union all select (select min(due_at) from event_outbox where due_at > now())
    union all select (select min(fire_at) from exec_cron where fire_at > now())
  ) t;
  return v_claim || jsonb_build_object('fell', v_fell, 'nextMs', ceil(extract(epoch from v_next - clock_timestamp()) * 1000));
end $$;
