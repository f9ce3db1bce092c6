-- "Try all again": the first of the runs that failed alike, then the rest. The durable function `try-all-again` carries a round on.

-- Begins a round with the run that is asked for as its first. `a`: { id, org, run, refs, version, user, actor, proof }. Gives { ok, count }, or why not.
create or replace function begin_repair_round(a jsonb) returns jsonb
language plpgsql as $$
declare
  v_repair repairs%rowtype;
  v_id uuid := (a->>'id')::uuid;
  v_count int;
begin
  select * into v_repair from repairs where run_id = (a->>'run')::uuid and organization_id = (a->>'org')::uuid and status = 'open';
  if not found then return jsonb_build_object('ok', false, 'reason', 'settled'); end if;
  insert into repair_rounds (id, organization_id, workflow_id, node_id, error_code, version, begun_by, proof, user_id)
  values (v_id, v_repair.organization_id, v_repair.workflow_id, v_repair.node_id, v_repair.error_code, (a->>'version')::int, a->'actor', a->'proof', (a->>'user')::uuid)
  on conflict do nothing;
  if not found then return jsonb_build_object('ok', false, 'reason', 'under_way'); end if;
  insert into repair_tries (round_id, position, organization_id, run_id, step_key)
  select v_id, row_number() over (order by run_id <> v_repair.run_id, failed_at, run_id) - 1, organization_id, run_id, step_key
  from repairs
  where organization_id = v_repair.organization_id and workflow_id = v_repair.workflow_id and node_id = v_repair.node_id
    and error_code = v_repair.error_code and status = 'open'
    and (run_id = v_repair.run_id or assignees && array(select jsonb_array_elements_text(a->'refs')))
  order by run_id <> v_repair.run_id, failed_at, run_id limit 1000;
  get diagnostics v_count = row_count;
  perform put_audit(v_repair.organization_id, a->'actor', a->'proof', 'runs.retry_alike', 'workflow', v_repair.workflow_id::text,
    jsonb_strip_nulls(jsonb_build_object('roundId', v_id, 'runs', v_count, 'nodeId', v_repair.node_id, 'error', v_repair.error_code, 'version', a->'version')), null);
  perform put_event(gen_random_uuid(), 'repairs/try-all', jsonb_build_object('roundId', v_id), 'repair-round:' || v_id, v_repair.organization_id);
  perform pg_notify('hp_live', jsonb_build_object('organizationId', v_repair.organization_id, 'kinds', '["runs"]'::jsonb)::text);
  return jsonb_build_object('ok', true, 'count', v_count);
end $$;

-- What has come of the tries by now: past the step that failed, or failed again.
create or replace function look_at_repair_round(p_round uuid) returns void
language sql as $$
  update repair_tries t set result = case
    when r.status = 'completed' then 'passed'
    when t.step_key is not null and exists (select from step_runs s where s.run_id = t.run_id and s.key = t.step_key and not s.superseded
      and s.generation >= t.generation and s.status = any('{completed,skipped}')) then 'passed'
    when t.step_key is null and exists (select from step_runs s where s.run_id = t.run_id and s.generation >= t.generation and s.status = 'completed') then 'passed'
    when r.status = any('{failed,cancelled}') and r.generation >= t.generation then 'failed'
    when r.id is null then 'failed'
    else 'trying' end
  from repair_tries x left join runs r on r.id = x.run_id
  where t.round_id = p_round and t.result = 'trying' and x.round_id = t.round_id and x.position = t.position
$$;

-- The next thing to do in a round. After the first: the rest when it got past its step, nothing when it failed again. `p_is_late`: it has
-- waited long enough. Gives { state, next: positions to be tried, trying }.
create or replace function next_of_repair_round(p_round uuid, p_is_late boolean) returns jsonb
language plpgsql as $$
declare
  v_round repair_rounds%rowtype;
  v_first text;
  v_state text;
  v_next jsonb;
  v_trying int;
begin
  select * into v_round from repair_rounds where id = p_round for update;
  if not found then return jsonb_build_object('state', 'gone', 'next', '[]'::jsonb, 'trying', 0); end if;
  perform look_at_repair_round(p_round);
  select result into v_first from repair_tries where round_id = p_round and position = 0;
  select coalesce(jsonb_agg(position order by position) filter (where result = 'waiting'), '[]'), count(*) filter (where result = 'trying')
  into v_next, v_trying from repair_tries where round_id = p_round;
  v_state := case
    when v_round.ended_at is not null then v_round.state
    when v_round.state = 'first' and v_first = any('{failed,left_out}') then 'stopped'
    when v_round.state = 'first' and v_first = 'trying' and p_is_late then 'stopped'
    when v_round.state = 'first' and v_first = any('{waiting,trying}') then 'first'
    when v_next = '[]' and (v_trying = 0 or p_is_late) then 'done'
    else 'rest' end;
  if v_state = 'stopped' then update repair_tries set result = 'left_out' where round_id = p_round and result = 'waiting'; end if;
  if v_state is distinct from v_round.state then
    update repair_rounds set state = v_state, ended_at = case when v_state in ('done', 'stopped') then now() end where id = p_round;
    perform pg_notify('hp_live', jsonb_build_object('organizationId', v_round.organization_id, 'kinds', '["runs"]'::jsonb)::text);
  end if;
  return jsonb_build_object('state', v_state, 'trying', v_trying, 'next', case v_state when 'first' then
    case when v_first = 'waiting' then '[0]'::jsonb else '[]'::jsonb end when 'rest' then v_next else '[]'::jsonb end);
end $$;
