-- How a function run begins.

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

drop function if exists exec_start(jsonb, jsonb, uuid, uuid, text);

-- A new run and its first call, of whom `p_key` says. `s`: run, fn, lease, dedupe?, limitKeys?, limitSizes?, startTimeoutMs?, finishTimeoutMs?, cancels?
create or replace function exec_start(s jsonb, p_events jsonb, p_worker uuid, p_parent uuid, p_parent_step text, p_key text) returns jsonb
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
  insert into exec_runs (id, function_id, events, parent_run, parent_step, start_timeout_ms, finish_timeout_ms, limit_keys, limit_sizes, fair_key, started_at)
  values (v_id, s->>'fn', p_events, p_parent, p_parent_step, (s->>'startTimeoutMs')::bigint, (s->>'finishTimeoutMs')::bigint, v_keys, v_sizes, p_key,
    case when v_worker is not null then now() end);
  insert into exec_jobs (exec_run, step_id, fence, leased_by, leased_at, limit_keys, limit_sizes, fair_key)
  values (v_id, 'step', v_fence, v_worker, case when v_worker is not null then now() end, v_keys, v_sizes, p_key);
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
