-- Where several people decide, each one's word is kept with the question until enough have given it.
-- Keeps this word where it does not decide yet. Null: it decides. `a`: as for hot_resolve. The caller holds the lock of the run's row.
create or replace function cast_vote(a jsonb, p_run runs) returns jsonb
language plpgsql as $$
declare
  v_wp waitpoints%rowtype;
  v_now record;
  v_mode text;
  v_vote jsonb;
  v_decides boolean;
begin
  select * into v_wp from waitpoints where id = (a->>'id')::uuid and run_id = p_run.id and status = 'open' for update;
  if not found then return null; end if;
  v_vote := jsonb_build_object('people', a->'people', 'voter', coalesce(a->'asked'->'principal', 'null'), 'byId', a->'byId', 'byName', a->'byName',
    'decision', a->'outcome', 'at', date_trunc('milliseconds', now()), 'comment', a->'resolution'->'comment');
  if a->'actor'->>'id' like 'email:%' then v_vote := v_vote || jsonb_build_object('byRef', a->'actor'->'id'); end if;
  if v_vote->>'voter' is null then v_vote := v_vote || jsonb_build_object('voter', a->'byId'); end if;
  select * into v_now from deciding(p_run.organization_id, array[v_wp.id], jsonb_build_array(v_vote));
  -- The same person in whatever name: who pressed, and for whom they said they did.
  if exists (select from jsonb_array_elements(v_wp.votes) v where v->'people' ?| known_as(p_run.organization_id, array(select jsonb_array_elements_text(a->'people')))) then
    return jsonb_build_object('ok', false, 'reason', 'same_person');
  end if;
  if v_now.before && array(select jsonb_array_elements_text(a->'people')) then
    return jsonb_build_object('ok', false, 'reason', 'decided_before');
  end if;
  if v_wp.voters <> '{}' and (v_vote->>'voter')::uuid <> all(v_wp.voters) then
    return jsonb_build_object('ok', false, 'reason', 'not_asked');
  end if;
  v_mode := case when p_run.test then 'any' else coalesce(v_wp.request->'quorum'->>'mode', 'any') end;
  v_decides := case when a->>'outcome' = 'approved' then v_now.approved >= v_now.needed
    else v_mode not in ('count', 'percent') or v_now.approved + v_now.free < v_now.needed end;
  if v_decides then return null; end if;
  perform put_audit(p_run.organization_id, a->'actor', a->'proof', v_wp.kind || '.voted', v_wp.kind, v_wp.id::text,
    a->'audit' || jsonb_build_object('decision', a->'outcome'), payload_hash(v_wp.request));
  perform put_run_events(p_run.id, p_run.organization_id, jsonb_build_array(jsonb_build_object('type', v_wp.kind || '.voted',
    'actor', a->'actor' || jsonb_build_object('name', a->'byName'),
    'data', step_name(p_run.id, v_wp.key) || jsonb_strip_nulls(jsonb_build_object('node_id', v_wp.node_id, 'waitpoint_id', v_wp.id,
      'decision', a->'outcome', 'comment', a->'resolution'->'comment', 'approved', v_now.approved, 'needed', v_now.needed)))));
  -- Last: it may show that too few are left. Whose word counts is fixed by the first one that is given; one after the other, the next are asked.
  update waitpoints set votes = votes || jsonb_build_array(v_vote), given_decision = null, effective_at = null,
    voters = case when v_mode in ('all', 'percent') and voters = '{}' then v_now.waiting::uuid[] || array(select (v->>'voter')::uuid from jsonb_array_elements(votes || jsonb_build_array(v_vote)) v) else voters end,
    assignees = case when v_mode = 'sequence' and v_now.approved < jsonb_array_length(v_wp.request->'quorum'->'stages')
      then array[v_wp.request->'quorum'->'stages'->>v_now.approved] else assignees end
  where id = v_wp.id;
  return jsonb_build_object('ok', true, 'kept', true, 'runId', p_run.id, 'nodeId', v_wp.node_id, 'at', v_vote->'at',
    '_t', hot_touched(p_run.organization_id, p_run.id, false));
end $$;
