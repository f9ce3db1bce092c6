-- Where two people must approve, the first one's word is kept and the question stays open. Null: the word of another person is
-- there already, so this one completes it. The caller holds the lock of the run's row.
create or replace function first_decision(a jsonb, p_run runs) returns jsonb
language plpgsql as $$
declare
  v_wp waitpoints%rowtype;
begin
  select * into v_wp from waitpoints where id = (a->>'id')::uuid and run_id = p_run.id and status = 'open' for update;
  if not found then return null; end if;
  if v_wp.first_decision is not null then
    -- The same person in whatever name: who pressed, and for whom they said they did.
    if v_wp.first_decision->'people' ?| array(select jsonb_array_elements_text(a->'people')) then
      return jsonb_build_object('ok', false, 'reason', 'same_person');
    end if;
    return null;
  end if;
  insert into audit_entries (organization_id, actor, action, subject_type, subject_id, data)
  values (p_run.organization_id, a->'actor', 'approval.first_approved', v_wp.kind, v_wp.id::text, a->'audit');
  perform put_run_events(p_run.id, p_run.organization_id, jsonb_build_array(jsonb_build_object('type', 'approval.first_approved',
    'actor', a->'actor' || jsonb_build_object('name', a->'byName'),
    'data', step_name(p_run.id, v_wp.key)
      || jsonb_strip_nulls(jsonb_build_object('node_id', v_wp.node_id, 'waitpoint_id', v_wp.id, 'comment', a->'resolution'->'comment')))));
  -- Last: it may show that no second person is left.
  update waitpoints set first_decision = jsonb_build_object('people', a->'people', 'byId', a->'byId', 'byName', a->'byName', 'at', now(),
    'comment', a->'resolution'->'comment') where id = v_wp.id;
  return jsonb_build_object('ok', true, 'first', true, 'runId', p_run.id, 'nodeId', v_wp.node_id, 'at', now(),
    '_t', hot_touched(p_run.organization_id, p_run.id, false));
end $$;
