-- How a function run ends.

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
    v_data || p_outcome || jsonb_build_object('_inngest', jsonb_build_object('status', p_status)), p_run.fair_key);
  if p_status = 'Failed' then perform exec_put_event('inngest/function.failed', p_run.id::text, v_data || p_outcome, p_run.fair_key); end if;
  if p_status = 'Cancelled' then perform exec_put_event('inngest/function.cancelled', p_run.id::text, v_data, p_run.fair_key); end if;
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
