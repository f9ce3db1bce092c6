-- The embedded executor (inngest/embedded). A run's row is locked before anything of the run changes, so that two
-- completions at once cannot each believe the other is still outstanding.

-- Columns keep milliseconds and round: "due" therefore means due within the next one.
create sequence if not exists exec_fence;
create index if not exists exec_jobs_ready on exec_jobs (run_at) where leased_by is null and blocked_on is null;
create index if not exists exec_jobs_leased on exec_jobs (leased_by) where leased_by is not null;
create index if not exists exec_jobs_blocked on exec_jobs (blocked_on, run_at) where blocked_on is not null;
create index if not exists exec_jobs_limits on exec_jobs using gin (limit_keys) where leased_by is not null and limit_keys <> '{}';

-- Records what a step returned, in the caller's own transaction. False: the lease was lost or the run has ended.
create or replace function exec_put_memo(p_run text, p_job text, p_fence bigint, p_hash text, p_name text, p_memo jsonb) returns boolean
language plpgsql set enable_seqscan = off as $$
begin
  -- The share lock keeps a take-over from happening between this look and the commit.
  perform 1 from exec_jobs where exec_run = p_run::uuid and step_id = p_job and fence = p_fence and leased_by is not null for share;
  if not found then return false; end if;
  insert into exec_steps (exec_run, step_id, name, kind, memo) values (p_run::uuid, p_hash, p_name, 'data', coalesce(p_memo, 'null'))
  on conflict do nothing;
  return true;
end $$;

create or replace function exec_ms(p_at timestamptz) returns double precision
language sql immutable as $$ select floor(extract(epoch from p_at) * 1000)::double precision $$;

create or replace function exec_time(p_ms jsonb) returns timestamptz
language sql immutable as $$ select to_timestamp((p_ms #>> '{}')::double precision / 1000) $$;

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
    'takeovers', p_job.takeovers, 'fn', v_run.function_id, 'events', v_run.events, 'steps', v_steps, 'stack', v_stack);
end $$;

-- Is anything of this run still to come: a planned step, or a step that waits?
create or replace function exec_outstanding(p_run uuid) returns boolean
language sql stable as $$
  select exists (select 1 from exec_jobs where exec_run = p_run and step_id <> 'step')
      or exists (select 1 from exec_waits where exec_run = p_run and kind in ('sleep', 'event', 'signal', 'invoke'))
$$;

-- Asks for one more call of the function; one that is under way is repeated instead. Leased when a worker is given and
-- no concurrency limit applies: then the answer is its payload.
create or replace function exec_discover(p_run exec_runs, p_worker uuid) returns jsonb
language plpgsql as $$
declare
  v_job exec_jobs%rowtype;
  v_worker uuid := case when p_run.limit_keys = '{}' then p_worker end;
begin
  insert into exec_jobs (exec_run, step_id, fence, leased_by, leased_at, limit_keys, limit_sizes)
  values (p_run.id, 'step', nextval('exec_fence'), v_worker, case when v_worker is not null then now() end, p_run.limit_keys, p_run.limit_sizes)
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

create or replace function exec_put_event(p_name text, p_id text, p_data jsonb) returns void
language plpgsql as $$
begin
  insert into event_outbox (id, name, data, dedupe_id) values (gen_random_uuid(), p_name, p_data, p_id);
  perform pg_notify('hp_events', '');
end $$;

-- The end of a run: its result goes to the run that invoked it, its events to whoever listens, its rows away.
create or replace function exec_end(p_run exec_runs, p_status text, p_outcome jsonb, p_tell boolean) returns void
language plpgsql as $$
declare
  v_parent exec_runs%rowtype;
  v_wait exec_waits%rowtype;
  v_data jsonb;
  v_trigger text := p_run.events->0->>'name';
begin
  delete from exec_jobs where exec_run = p_run.id;
  delete from exec_steps where exec_run = p_run.id;
  delete from exec_waits where exec_run = p_run.id;
  delete from exec_runs where id = p_run.id;
  if p_run.parent_run is not null then
    select * into v_parent from exec_runs where id = p_run.parent_run for update;
    if found then
      delete from exec_waits where exec_run = v_parent.id and wait_id = p_run.parent_step returning * into v_wait;
      if found then
        perform exec_complete(v_parent, v_wait.wait_id, v_wait.name, case when p_status = 'Completed' then 'data' else 'error' end,
          case p_status when 'Completed' then p_outcome->'result'
            when 'Failed' then (p_outcome->'error') - 'error'::text
            else jsonb_build_object('name', 'Error', 'message', 'The invoked function was cancelled.') end,
          v_wait.race, null);
      end if;
    end if;
  end if;
  if v_trigger in ('inngest/function.finished', 'inngest/function.failed') then return; end if;
  if not p_tell and p_status = 'Completed' and not exists (select 1 from exec_waits where event_name = 'inngest/function.finished') then return; end if;
  v_data := jsonb_build_object('function_id', p_run.function_id, 'run_id', p_run.id, 'event', p_run.events->0, 'events', p_run.events)
    || case when p_run.parent_run is not null then jsonb_build_object('correlation_id', p_run.parent_run || '.' || p_run.parent_step) else '{}' end;
  perform exec_put_event('inngest/function.finished', null,
    v_data || p_outcome || jsonb_build_object('_inngest', jsonb_build_object('status', p_status)));
  if p_status = 'Failed' then perform exec_put_event('inngest/function.failed', p_run.id::text, v_data || p_outcome); end if;
  if p_status = 'Cancelled' then perform exec_put_event('inngest/function.cancelled', p_run.id::text, v_data); end if;
end $$;

create or replace function exec_add_wait(p_run uuid, w jsonb) returns void
language plpgsql as $$
begin
  insert into exec_waits (exec_run, wait_id, kind, name, event_name, match_key, residual, race, due_at, created_at)
  select p_run, w->>'id', w->>'kind', coalesce(w->>'name', ''), w->>'event', coalesce(w->>'key', '*'), nullif(w->'residual', 'null'),
    coalesce((w->>'race')::boolean, false), case when w ? 'dueAt' then exec_time(w->'dueAt') else now() + make_interval(secs => (w->>'dueMs')::double precision / 1000) end,
    clock_timestamp()
  where not exists (select 1 from exec_steps where exec_run = p_run and step_id = w->>'id')
  on conflict do nothing;
end $$;

-- A new run and its first call. `s`: run, fn, lease, dedupe?, limitKeys?, limitSizes?, startTimeoutMs?, finishTimeoutMs?, cancels?
create or replace function exec_start(s jsonb, p_events jsonb, p_worker uuid, p_parent uuid, p_parent_step text) returns jsonb
language plpgsql as $$
declare
  v_id uuid := (s->>'run')::uuid;
  v_fence bigint := nextval('exec_fence');
  v_worker uuid := case when (s->>'lease')::boolean then p_worker end;
  v_keys text[] := '{}';
  v_sizes int[] := '{}';
  v_wait jsonb;
begin
  if s ? 'dedupe' then
    for v_wait in select value from jsonb_array_elements(s->'dedupe') loop
      insert into exec_dedupe (function_id, key, expires_at) values (s->>'fn', v_wait #>> '{}', now() + interval '24 hours')
      on conflict (function_id, key) do update set expires_at = excluded.expires_at where exec_dedupe.expires_at <= now();
      if not found then return null; end if;
    end loop;
  end if;
  if s ? 'limitKeys' then
    v_keys := array(select jsonb_array_elements_text(s->'limitKeys'));
    v_sizes := array(select value::text::int from jsonb_array_elements(s->'limitSizes'));
    v_worker := null;
  end if;
  insert into exec_runs (id, function_id, events, parent_run, parent_step, start_timeout_ms, finish_timeout_ms, limit_keys, limit_sizes, started_at)
  values (v_id, s->>'fn', p_events, p_parent, p_parent_step, (s->>'startTimeoutMs')::int, (s->>'finishTimeoutMs')::int, v_keys, v_sizes,
    case when v_worker is not null then now() end);
  insert into exec_jobs (exec_run, step_id, fence, leased_by, leased_at, limit_keys, limit_sizes)
  values (v_id, 'step', v_fence, v_worker, case when v_worker is not null then now() end, v_keys, v_sizes);
  for v_wait in select value from jsonb_array_elements(coalesce(s->'cancels', '[]')) loop
    perform exec_add_wait(v_id, v_wait);
  end loop;
  if v_worker is null and s ? 'startTimeoutMs' then
    perform exec_add_wait(v_id, jsonb_build_object('id', 'timeout:start', 'kind', 'start_timeout', 'dueMs', s->'startTimeoutMs'));
  elsif v_worker is not null and s ? 'finishTimeoutMs' then
    perform exec_add_wait(v_id, jsonb_build_object('id', 'timeout:finish', 'kind', 'finish_timeout', 'dueMs', s->'finishTimeoutMs'));
  end if;
  if v_worker is null then return null; end if;
  return jsonb_build_object('run', v_id, 'fence', v_fence);
end $$;

-- Takes events out of the inbox with all that they cause. An event whose waiting runs are busy stays for the next round.
-- `a`: { worker, events: [{ id, starts: [...], wakes: [{ run, wait, lease }] }] }
create or replace function exec_accept(a jsonb) returns jsonb
language plpgsql as $$
declare
  v_worker uuid := (a->>'worker')::uuid;
  v_item jsonb;
  v_sub jsonb;
  v_row event_outbox%rowtype;
  v_event jsonb;
  v_run exec_runs%rowtype;
  v_wait exec_waits%rowtype;
  v_busy boolean;
  v_made jsonb;
  v_started jsonb[] := '{}';
  v_woken jsonb[] := '{}';
  v_left int := 0;
begin
  for v_item in select value from jsonb_array_elements(a->'events') loop
    select * into v_row from event_outbox where id = (v_item->>'id')::uuid for update skip locked;
    if not found then continue; end if;
    v_busy := false;
    for v_sub in select value from jsonb_array_elements(v_item->'wakes') loop
      perform 1 from exec_runs where id = (v_sub->>'run')::uuid for update skip locked;
      if not found and exists (select 1 from exec_runs where id = (v_sub->>'run')::uuid) then v_busy := true; end if;
    end loop;
    if v_busy then
      v_left := v_left + 1;
      continue;
    end if;
    delete from event_outbox where id = v_row.id;
    v_event := jsonb_build_object('id', coalesce(v_row.dedupe_id, v_row.id::text), 'name', v_row.name, 'data', v_row.data, 'ts', exec_ms(v_row.created_at));
    for v_sub in select value from jsonb_array_elements(v_item->'wakes') loop
      select * into v_run from exec_runs where id = (v_sub->>'run')::uuid for update;
      if not found then continue; end if;
      delete from exec_waits where exec_run = v_run.id and wait_id = v_sub->>'wait' returning * into v_wait;
      if not found then continue; end if;
      if v_wait.kind = 'cancel' then
        perform exec_end(v_run, 'Cancelled', '{}', true);
      else
        v_made := exec_complete(v_run, v_wait.wait_id, v_wait.name, 'data', v_event, v_wait.race, case when (v_sub->>'lease')::boolean then v_worker end);
        if v_made is not null then v_woken := v_woken || v_made; end if;
      end if;
    end loop;
    for v_sub in select value from jsonb_array_elements(v_item->'starts') loop
      v_made := exec_start(v_sub, jsonb_build_array(v_event), v_worker, null, null);
      if v_made is not null then v_started := v_started || v_made; end if;
    end loop;
  end loop;
  return jsonb_build_object('started', to_jsonb(v_started), 'woken', to_jsonb(v_woken), 'left', v_left);
end $$;

-- Events that are due, each with the waits that may be for it. A read: nothing is taken yet.
create or replace function exec_peek(p_limit int) returns jsonb
language sql stable set enable_seqscan = off as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'name', e.name, 'data', e.data, 'dedupe', e.dedupe_id, 'ts', exec_ms(e.created_at), 'waits', (
    select jsonb_agg(jsonb_build_object('run', w.exec_run, 'wait', w.wait_id, 'residual', w.residual))
    from exec_waits w
    where w.event_name = e.name and w.match_key = any(array(
      select d.key || '=' || (d.value #>> '{}') from jsonb_each(case when jsonb_typeof(e.data) = 'object' then e.data else '{}' end) d where jsonb_typeof(d.value) = 'string' and strpos(d.key, '=') = 0
    ) || '*'::text)
  ))), '[]')
  from (select * from event_outbox where due_at <= now() + interval '1 ms' order by due_at limit p_limit) e
$$;

-- What a call answered. `a`: { run, step, fence, worker, lease, memos, waits, planned, children, retryMs?, attempt? }
create or replace function exec_answer(a jsonb) returns jsonb
language plpgsql as $$
declare
  v_run exec_runs%rowtype;
  v_job exec_jobs%rowtype;
  v_item jsonb;
  v_worker uuid := (a->>'worker')::uuid;
  v_lease int := (a->>'lease')::int;
  v_leased jsonb[] := '{}';
  v_new exec_jobs%rowtype;
  v_next jsonb;
  v_need boolean;
begin
  select * into v_run from exec_runs where id = (a->>'run')::uuid for update;
  if not found then return '{"stale": true}'; end if;
  select * into v_job from exec_jobs where exec_run = v_run.id and step_id = a->>'step' and fence = (a->>'fence')::bigint for update;
  if not found or v_job.leased_by is null then return '{"stale": true}'; end if;
  for v_item in select value from jsonb_array_elements(a->'memos') loop
    insert into exec_steps (exec_run, step_id, name, kind, memo)
    values (v_run.id, v_item->>'id', v_item->>'name', v_item->>'kind', v_item->'memo') on conflict do nothing;
  end loop;
  if a ? 'retryMs' then
    update exec_jobs set attempt = (a->>'attempt')::int, run_at = now() + make_interval(secs => (a->>'retryMs')::double precision / 1000),
      leased_by = null, leased_at = null, again = false, fence = nextval('exec_fence')
    where exec_run = v_run.id and step_id = v_job.step_id;
    return '{}';
  end if;
  if v_job.step_id <> 'step' then
    delete from exec_jobs where exec_run = v_run.id and step_id = v_job.step_id;
  end if;
  for v_item in select value from jsonb_array_elements(a->'waits') loop
    if v_item->>'kind' = 'signal' then
      if exists (select 1 from exec_waits where event_name = 'inngest/signal' and match_key = v_item->>'key') and v_item->>'conflict' <> 'replace' then
        insert into exec_steps (exec_run, step_id, name, kind, memo) values (v_run.id, v_item->>'id', v_item->>'name', 'error',
          jsonb_build_object('name', 'Error', 'message', 'Another run already waits for this signal. Use another name, or conflict "replace".')) on conflict do nothing;
      else
        update exec_waits set match_key = '-' where event_name = 'inngest/signal' and match_key = v_item->>'key';
      end if;
    end if;
    perform exec_add_wait(v_run.id, v_item);
  end loop;
  for v_item in select value from jsonb_array_elements(a->'children') loop
    perform exec_start(v_item, jsonb_build_array(v_item->'event'), null, v_run.id, v_item->>'parentStep');
  end loop;
  for v_item in select value from jsonb_array_elements(a->'planned') loop
    insert into exec_jobs (exec_run, step_id, fence, race, leased_by, leased_at, limit_keys, limit_sizes)
    select v_run.id, v_item->>'id', nextval('exec_fence'), (v_item->>'race')::boolean,
      case when v_lease > 0 and v_run.limit_keys = '{}' then v_worker end, case when v_lease > 0 and v_run.limit_keys = '{}' then now() end,
      v_run.limit_keys, v_run.limit_sizes
    where not exists (select 1 from exec_steps where exec_run = v_run.id and step_id = v_item->>'id')
    on conflict do nothing
    returning * into v_new;
    if found and v_new.leased_by is not null then
      v_leased := v_leased || exec_payload(v_new);
      v_lease := v_lease - 1;
    end if;
  end loop;
  if v_job.step_id = 'step' then
    v_need := v_job.again or not exec_outstanding(v_run.id);
    delete from exec_jobs where exec_run = v_run.id and step_id = 'step';
  else
    v_need := v_job.race or not exec_outstanding(v_run.id);
  end if;
  if v_need then v_next := exec_discover(v_run, case when v_lease > 0 then v_worker end); end if;
  return jsonb_build_object('planned', to_jsonb(v_leased), 'next', v_next);
end $$;

-- The function has ended. `a`: { run, step, fence, status, outcome, tell }
create or replace function exec_finish(a jsonb) returns jsonb
language plpgsql as $$
declare
  v_run exec_runs%rowtype;
begin
  select * into v_run from exec_runs where id = (a->>'run')::uuid for update;
  if not found then return '{"stale": true}'; end if;
  perform 1 from exec_jobs where exec_run = v_run.id and step_id = a->>'step' and fence = (a->>'fence')::bigint and leased_by is not null;
  if not found then return '{"stale": true}'; end if;
  perform exec_end(v_run, a->>'status', a->'outcome', (a->>'tell')::boolean);
  return jsonb_build_object('parent', v_run.parent_run);
end $$;

-- Steps that a call reported on its way. `a`: { run, step, fence, memos }
create or replace function exec_checkpoint(a jsonb) returns jsonb
language plpgsql as $$
declare
  v_item jsonb;
begin
  for v_item in select value from jsonb_array_elements(a->'memos') loop
    if not exec_put_memo(a->>'run', a->>'step', (a->>'fence')::bigint, v_item->>'id', v_item->>'name', v_item->'memo') then return 'false'; end if;
  end loop;
  return 'true';
end $$;

-- `a`: { signal, data }
create or replace function exec_signal(a jsonb) returns jsonb
language plpgsql as $$
declare
  v_run exec_runs%rowtype;
  v_wait exec_waits%rowtype;
begin
  select * into v_wait from exec_waits where event_name = 'inngest/signal' and match_key = a->>'signal' order by created_at limit 1;
  if not found then return 'null'; end if;
  select * into v_run from exec_runs where id = v_wait.exec_run for update;
  delete from exec_waits where exec_run = v_wait.exec_run and wait_id = v_wait.wait_id and match_key = a->>'signal';
  if not found then return 'null'; end if;
  perform exec_complete(v_run, v_wait.wait_id, v_wait.name, 'data', jsonb_build_object('signal', a->'signal', 'data', a->'data'), v_wait.race, null);
  return to_jsonb(v_run.id);
end $$;

-- Gives calls back: graceful stop, and leases that nobody holds in memory. `a`: { worker, jobs: [{ run, step, fence }] }
create or replace function exec_release(a jsonb) returns jsonb
language plpgsql as $$
declare
  v_item jsonb;
begin
  for v_item in select value from jsonb_array_elements(a->'jobs') loop
    update exec_jobs set leased_by = null, leased_at = null, fence = nextval('exec_fence'), run_at = now()
    where exec_run = (v_item->>'run')::uuid and step_id = v_item->>'step' and fence = (v_item->>'fence')::bigint and leased_by = (a->>'worker')::uuid;
  end loop;
  return 'null';
end $$;

-- A cron tick, once: the row moves on by compare-and-set. `a`: { fn, cron, at, nextAt, fireAt, start, event, worker }
create or replace function exec_cron_fire(a jsonb) returns jsonb
language plpgsql as $$
begin
  update exec_cron set next_at = exec_time(a->'nextAt'), fire_at = exec_time(a->'fireAt')
  where function_id = a->>'fn' and cron = a->>'cron' and next_at = exec_time(a->'at');
  if not found then return 'false'; end if;
  perform exec_start(a->'start', jsonb_build_array(a->'event'), null, null, null);
  return 'true';
end $$;

create or replace function exec_hot(k text, a jsonb) returns jsonb
language plpgsql set enable_seqscan = off as $$
begin
  return case k
    when 'exec_accept' then exec_accept(a)
    when 'exec_answer' then exec_answer(a)
    when 'exec_finish' then exec_finish(a)
    when 'exec_checkpoint' then exec_checkpoint(a)
    when 'exec_signal' then exec_signal(a)
    when 'exec_release' then exec_release(a)
    when 'exec_cron_fire' then exec_cron_fire(a)
    else exec_unknown(k)
  end;
end $$;

create or replace function exec_unknown(k text) returns jsonb
language plpgsql as $$
begin
  raise exception 'No hot-path function is called "%".', k;
end $$;

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

-- Room under every concurrency limit of this job? If not, it is set aside until a holder lets go.
create or replace function exec_has_room(p_job exec_jobs) returns boolean
language plpgsql as $$
declare
  v_at int;
begin
  for v_at in 1 .. cardinality(p_job.limit_keys) loop
    perform pg_advisory_xact_lock(hashtextextended(p_job.limit_keys[v_at], 4711));
    if (select count(*) from exec_jobs where leased_by is not null and limit_keys <> '{}' and limit_keys @> array[p_job.limit_keys[v_at]]) >= p_job.limit_sizes[v_at] then
      update exec_jobs set blocked_on = p_job.limit_keys[v_at] where exec_run = p_job.exec_run and step_id = p_job.step_id;
      return false;
    end if;
  end loop;
  return true;
end $$;

-- A holder of a limited slot let go: its oldest follower may be claimed.
create or replace function exec_unblock() returns trigger
language plpgsql as $$
declare
  v_key text;
begin
  foreach v_key in array old.limit_keys loop
    -- Whoever is just finding that there is no room must be seen here, or must see this.
    perform pg_advisory_xact_lock(hashtextextended(v_key, 4711));
    update exec_jobs set blocked_on = null
    where (exec_run, step_id) = (select exec_run, step_id from exec_jobs where blocked_on = v_key order by run_at limit 1 for update skip locked);
  end loop;
  return null;
end $$;
create or replace trigger exec_jobs_gone after delete on exec_jobs for each row
  when (old.leased_by is not null and old.limit_keys <> '{}') execute function exec_unblock();
create or replace trigger exec_jobs_let_go after update of leased_by on exec_jobs for each row
  when (old.leased_by is not null and new.leased_by is null and old.limit_keys <> '{}') execute function exec_unblock();

-- Leases calls that are due to this worker.
create or replace function exec_claim(p_worker uuid, p_limit int) returns jsonb
language plpgsql set enable_seqscan = off as $$
declare
  v_job exec_jobs%rowtype;
  v_run exec_runs%rowtype;
  v_jobs jsonb[] := '{}';
  v_seen int := 0;
begin
  for v_job in select * from exec_jobs where leased_by is null and blocked_on is null and run_at <= now() + interval '1 ms' order by run_at limit p_limit for update skip locked loop
    v_seen := v_seen + 1;
    if v_job.limit_keys <> '{}' and not exec_has_room(v_job) then continue; end if;
    update exec_jobs set leased_by = p_worker, leased_at = now(), fence = nextval('exec_fence')
    where exec_run = v_job.exec_run and step_id = v_job.step_id returning * into v_job;
    update exec_runs set started_at = now() where id = v_job.exec_run and started_at is null returning * into v_run;
    if found then
      delete from exec_waits where exec_run = v_job.exec_run and wait_id = 'timeout:start';
      if v_run.finish_timeout_ms is not null then
        perform exec_add_wait(v_job.exec_run, jsonb_build_object('id', 'timeout:finish', 'kind', 'finish_timeout', 'dueMs', v_run.finish_timeout_ms));
      end if;
    end if;
    v_jobs := v_jobs || exec_payload(v_job);
  end loop;
  return jsonb_build_object('jobs', to_jsonb(v_jobs), 'seen', v_seen);
end $$;

-- One look at the clock: what fell due, what this worker may call now, and how long until something else is due.
create or replace function exec_tick(p_worker uuid, p_free int, p_due int) returns jsonb
language plpgsql set enable_seqscan = off as $$
declare
  v_fell int := exec_fall_due(p_due);
  v_claim jsonb := exec_claim(p_worker, p_free);
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

-- Shows life, and takes the calls of the dead away from them. False: this worker itself was declared dead.
create or replace function exec_heartbeat(p_worker uuid, p_silent_ms int) returns jsonb
language plpgsql set enable_seqscan = off as $$
declare
  v_dead uuid[];
  v_freed int := 0;
begin
  update exec_workers set heartbeat_at = clock_timestamp() where id = p_worker and not dead;
  if not found then return '{"alive": false, "freed": 0}'; end if;
  v_dead := array(select id from exec_workers where dead or heartbeat_at < now() - make_interval(secs => p_silent_ms / 1000.0));
  if v_dead <> '{}' then
    update exec_jobs j set leased_by = null, leased_at = null, fence = nextval('exec_fence'), takeovers = takeovers + 1, run_at = now()
    from (select exec_run, step_id from exec_jobs where leased_by = any(v_dead) limit 1000 for update skip locked) d
    where j.exec_run = d.exec_run and j.step_id = d.step_id;
    get diagnostics v_freed = row_count;
    delete from exec_workers w where w.id = any(v_dead) and w.heartbeat_at < now() - interval '1 hour'
      and not exists (select 1 from exec_jobs where leased_by = w.id);
  end if;
  return jsonb_build_object('alive', true, 'freed', v_freed);
end $$;

create or replace function exec_register(p_worker uuid, p_name text) returns void
language plpgsql as $$
begin
  update exec_workers set dead = true where name = p_name and id <> p_worker and not dead;
  insert into exec_workers (id, name) values (p_worker, p_name);
end $$;
