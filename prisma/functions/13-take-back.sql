-- A decision that is given and can still be taken back: it is kept with its waitpoint, which stays open for the run, and takes effect by itself
-- when its time is over (event decision/due). `a`: as for hot_resolve, and { undoMs }.
create or replace function hot_decide(a jsonb) returns jsonb
language plpgsql as $$
declare
  v_run runs%rowtype;
  v_wp waitpoints%rowtype;
  v_refusal jsonb;
  v_event uuid := gen_random_uuid();
begin
  select r.* into v_run from runs r
  where r.id = (select run_id from waitpoints where id = (a->>'id')::uuid) and r.organization_id = (a->>'org')::uuid
  for no key update;
  if not found then return jsonb_build_object('ok', false, 'reason', 'not_found'); end if;
  v_refusal := decision_refusal(v_run.organization_id, (a->>'id')::uuid, a->'asked');
  if v_refusal is not null then return v_refusal; end if;
  if exists (select from waitpoints where id = (a->>'id')::uuid and given_decision is not null) then return resolved_by_other((a->>'id')::uuid); end if;
  -- A word that does not decide yet counts at once.
  if a ? 'people' then
    v_refusal := cast_vote(a, v_run);
    if v_refusal is not null then return v_refusal; end if;
  end if;
  update waitpoints set given_decision = a - 'undoMs' || jsonb_build_object('at', date_trunc('milliseconds', now())),
    effective_at = now() + make_interval(secs => (a->>'undoMs')::double precision / 1000)
  where id = (a->>'id')::uuid and status = 'open' and given_decision is null
  returning * into v_wp;
  if not found then return resolved_by_other((a->>'id')::uuid); end if;
  insert into event_outbox (id, name, data, dedupe_id, due_at, fair_key)
  values (v_event, 'decision/due', jsonb_build_object('waitpointId', v_wp.id, 'organizationId', v_run.organization_id),
    'decision:' || v_event, v_wp.effective_at, v_run.organization_id::text);
  perform pg_notify('hp_events', '');
  return jsonb_build_object('ok', true, 'runId', v_run.id, 'nodeId', v_wp.node_id, 'at', v_wp.given_decision->'at', 'undoUntil', v_wp.effective_at,
    '_t', hot_touched(v_run.organization_id, v_run.id, false));
end $$;

-- Whoever gave it takes it back, before it takes effect; the question is open again. `a`: { id, org, byId, actor, proof }.
create or replace function hot_take_back(a jsonb) returns jsonb
language plpgsql as $$
declare
  v_run runs%rowtype;
  v_wp waitpoints%rowtype;
begin
  select r.* into v_run from runs r
  where r.id = (select run_id from waitpoints where id = (a->>'id')::uuid) and r.organization_id = (a->>'org')::uuid
  for no key update;
  if not found then return jsonb_build_object('ok', false, 'reason', 'not_found'); end if;
  select * into v_wp from waitpoints where id = (a->>'id')::uuid and status = 'open' and given_decision->>'byId' = a->>'byId' and effective_at > now();
  if not found then return jsonb_build_object('ok', false, 'reason', 'too_late'); end if;
  perform say_of_decision(v_wp, v_run, 'taken_back', a->'actor', a->'proof');
  return jsonb_build_object('ok', true, 'runId', v_run.id, '_t', hot_touched(v_run.organization_id, v_run.id, false));
end $$;

-- The time of a given decision is over: it counts from now on, when it still may. `a`: { id, org }.
create or replace function hot_decision_due(a jsonb) returns jsonb
language plpgsql as $$
declare
  v_run runs%rowtype;
  v_wp waitpoints%rowtype;
  v_result jsonb;
begin
  select r.* into v_run from runs r
  where r.id = (select run_id from waitpoints where id = (a->>'id')::uuid) and r.organization_id = (a->>'org')::uuid
  for no key update;
  if not found then return jsonb_build_object('ok', false, 'reason', 'not_found'); end if;
  select * into v_wp from waitpoints where id = (a->>'id')::uuid and given_decision is not null;
  -- Taken back, in force already, or given again meanwhile.
  if not found or v_wp.effective_at > now() then return jsonb_build_object('ok', false, 'reason', 'not_due'); end if;
  v_result := case when v_wp.status = 'open' then hot_resolve(v_wp.given_decision || '{"isDue": true}') else '{"ok": false}' end;
  -- The run was over before, or whoever decided may decide no more.
  if not (v_result->>'ok')::boolean then
    perform say_of_decision(v_wp, v_run, 'lapsed', v_wp.given_decision->'actor', v_wp.given_decision->'proof');
  end if;
  return coalesce(v_result, '{}') || jsonb_build_object('_t', hot_touched(v_run.organization_id, v_run.id, false));
end $$;

-- A given decision that does not count, in the record and the history; its waitpoint has none any more. The caller holds the lock of the run's row.
create or replace function say_of_decision(p_wp waitpoints, p_run runs, p_what text, p_actor jsonb, p_proof jsonb) returns void
language plpgsql as $$
declare
  v_action text := p_wp.kind || '.' || p_what;
begin
  update waitpoints set given_decision = null, effective_at = null where id = p_wp.id;
  perform put_audit(p_run.organization_id, p_actor, p_proof, v_action, p_wp.kind, p_wp.id::text,
    jsonb_build_object('decision', p_wp.given_decision->'outcome', 'decidedAt', p_wp.given_decision->'at'), payload_hash(p_wp.request));
  perform put_run_events(p_run.id, p_run.organization_id, jsonb_build_array(jsonb_build_object('type', v_action, 'actor', p_actor,
    'data', step_name(p_run.id, p_wp.key)
      || jsonb_build_object('node_id', p_wp.node_id, 'waitpoint_id', p_wp.id, 'decision', p_wp.given_decision->'outcome'))));
end $$;

-- Who was first, for whoever comes second: what is given counts, also while it can be taken back.
create or replace function resolved_by_other(p_id uuid) returns jsonb
language sql stable as $$
  select case when status = 'open' and given_decision is not null then
      jsonb_build_object('ok', false, 'reason', 'resolved', 'status', status, 'outcome', given_decision->'outcome',
        'by', given_decision->'byName', 'byId', given_decision->'byId', 'at', given_decision->'at')
    else jsonb_build_object('ok', false, 'reason', 'resolved', 'status', status, 'outcome', outcome, 'by', resolved_by_name,
      'byId', resolved_by_id, 'at', coalesce(case when kind = 'callback' then resolution->'calledAt' end, to_jsonb(resolved_at)))
    end
  from waitpoints where id = p_id
$$;
