-- How a function run ends.

-- Function runs and all that belongs to them go away.
create or replace function exec_forget(p_runs uuid[]) returns void
language plpgsql as $$
begin
  delete from exec_jobs where exec_run = any(p_runs);
  delete from exec_steps where exec_run = any(p_runs);
  delete from exec_waits where exec_run = any(p_runs);
  delete from exec_runs where id = any(p_runs);
end $$;

-- Does anybody want to hear that this run has ended?
create or replace function exec_is_awaited(p_run exec_runs, p_status text, p_tell boolean) returns boolean
language sql stable as $$
  select p_run.parent_run is not null or (p_run.events->0->>'name' not in ('inngest/function.finished', 'inngest/function.failed')
    and (p_tell or p_status <> 'Completed' or exists (select 1 from exec_waits where event_name = 'inngest/function.finished')))
$$;

-- The end of a run: its result goes to the run that invoked it, its events to whoever listens, its rows away.
create or replace function exec_end(p_run exec_runs, p_status text, p_outcome jsonb, p_tell boolean) returns void
language plpgsql as $$
begin
  perform exec_forget(array[p_run.id]);
  if exec_is_awaited(p_run, p_status, p_tell) then perform exec_tell(p_run, p_status, p_outcome, p_tell); end if;
end $$;

create or replace function exec_tell(p_run exec_runs, p_status text, p_outcome jsonb, p_tell boolean) returns void
language plpgsql as $$
declare
  v_parent exec_runs%rowtype;
  v_wait exec_waits%rowtype;
  v_data jsonb;
  v_trigger text := p_run.events->0->>'name';
begin
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
    v_data || p_outcome || jsonb_build_object('_inngest', jsonb_build_object('status', p_status)), p_run.fair_key);
  if p_status = 'Failed' then perform exec_put_event('inngest/function.failed', p_run.id::text, v_data || p_outcome, p_run.fair_key); end if;
  if p_status = 'Cancelled' then perform exec_put_event('inngest/function.cancelled', p_run.id::text, v_data, p_run.fair_key); end if;
end $$;

drop function if exists exec_finish(jsonb);

-- Functions have ended. `p_at`: which of the items they are, counted from 0; arguments { run, step, fence, status, outcome, tell }.
create or replace function exec_finishes(p_items jsonb, p_at int[]) returns table (item int, answer jsonb)
language plpgsql as $$
#variable_conflict use_column
declare
  v_mine uuid[];
  v_awaited exec_runs[];
  v_ends jsonb[];
begin
  perform from exec_runs where id = any(array(select (p_items->at->'a'->>'run')::uuid from unnest(p_at) as at)) order by id for update;
  select array_agg((r).id), array_agg(r) filter (where awaited), array_agg(a) filter (where awaited) into v_mine, v_awaited, v_ends
  from (
    select r, i.a, exec_is_awaited(r, i.a->>'status', (i.a->>'tell')::boolean) as awaited
    from (select p_items->at->'a' as a from unnest(p_at) as at offset 0) i join exec_runs r on r.id = (i.a->>'run')::uuid
    join exec_jobs j on j.exec_run = r.id and j.step_id = i.a->>'step' and j.fence = (i.a->>'fence')::bigint and j.leased_by is not null
  ) mine;
  if v_mine is not null then perform exec_forget(v_mine); end if;
  for v_n in 1 .. coalesce(cardinality(v_awaited), 0) loop
    perform exec_tell(v_awaited[v_n], v_ends[v_n]->>'status', v_ends[v_n]->'outcome', (v_ends[v_n]->>'tell')::boolean);
  end loop;
  return query
    select i.at, case when i.run = any(v_mine) then jsonb_build_object('parent', p.parent_run) else '{"stale": true}' end
    from (select at, (p_items->at->'a'->>'run')::uuid as run from unnest(p_at) as at) i left join unnest(v_awaited) p on p.id = i.run;
end $$;
