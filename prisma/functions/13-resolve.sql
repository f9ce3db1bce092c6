-- Resolves a waitpoint: the one place where approve, reject, submit, hand back and call meet. Exactly one wins.
create or replace function hot_resolve(a jsonb) returns jsonb
language plpgsql as $$
declare
  v_wp waitpoints%rowtype;
  v_run runs%rowtype;
  v_first jsonb;
begin
  select r.* into v_run from runs r
  where r.id = (select run_id from waitpoints where id = (a->>'id')::uuid) and r.organization_id = (a->>'org')::uuid
  for no key update;
  if not found then
    return jsonb_build_object('ok', false, 'reason', 'not_found');
  end if;
  -- Somebody's decision stands there and can still be taken back: nobody else's counts meanwhile.
  if not a ? 'isDue' and exists (select from waitpoints where id = (a->>'id')::uuid and status = 'open' and given_decision is not null) then
    return resolved_by_other((a->>'id')::uuid);
  end if;
  if a ? 'asked' then
    v_first := decision_refusal(v_run.organization_id, (a->>'id')::uuid,
      a->'asked' || case when a ? 'isDue' then jsonb_build_object('at', a->'at') else '{}' end);
    if v_first is not null then return v_first; end if;
  end if;
  if a ? 'people' then
    v_first := cast_vote(a, v_run);
    if v_first is not null then return v_first; end if;
  end if;
  if a ? 'files' and exists (select from waitpoints where id = (a->>'id')::uuid and status = 'open')
    and not files_are_loose(a->'files', (a->>'id')::uuid) then
    return jsonb_build_object('ok', false, 'reason', 'files_gone');
  end if;
  update waitpoints set status = 'resolved', outcome = a->>'outcome', resolution = a->'resolution' || case when votes = '[]' then '{}' else jsonb_build_object('votes', votes) end,
    resolved_by_id = (a->>'byId')::uuid, resolved_by_name = a->>'byName', resolved_via = a->>'via', resolved_at = case when a ? 'isDue' then (a->>'at')::timestamptz else now() end,
    given_decision = null, effective_at = null,
    known_to = case when kind = 'form' and a->>'via' = 'link' then coalesce((select link_known_to from conversations where id = v_run.conversation_id), '{}') else known_to end
  where id = (a->>'id')::uuid and status = 'open'
  returning * into v_wp;
  if not found then return resolved_by_other((a->>'id')::uuid); end if;
  if a ? 'files' then perform bind_files(a->'files', v_run.id); end if;
  perform put_audit(v_run.organization_id, a->'actor', a->'proof', a->>'action', v_wp.kind, v_wp.id::text, a->'audit', payload_hash(v_wp.request));
  perform put_run_events(v_run.id, v_run.organization_id, jsonb_build_array(jsonb_build_object('type', a->>'action', 'actor', a->'actor' || jsonb_build_object('name', a->'byName'),
    'data', step_name(v_run.id, v_wp.key) || jsonb_strip_nulls(jsonb_build_object('node_id', v_wp.node_id, 'waitpoint_id', v_wp.id, 'comment', a->'resolution'->'comment',
      'on_behalf_of', a->'resolution'->'onBehalfOf')))));
  -- Whoever decided this one may be missing for another that nobody decides twice.
  if a ? 'asked' and exists (select from waitpoints where run_id = v_run.id and status = 'open' and request->'policy' @> '{"neverTwice": true}') then
    perform mark_undecidable(v_run.organization_id, array(
      select id from waitpoints where run_id = v_run.id and status = 'open' and request->'policy' @> '{"neverTwice": true}'));
  end if;
  if v_run.status <> 'paused' then
    if v_run.parked_by is not null then
      perform put_event((a->>'eventId')::uuid, 'run/wake', jsonb_build_object('runId', v_run.id), null, v_run.organization_id);
    else
      perform put_event((a->>'eventId')::uuid, 'run/requested',
        jsonb_build_object('runId', v_run.id, 'generation', v_run.generation, 'lane', v_wp.id), 'lane:' || v_wp.id,
        v_run.organization_id);
    end if;
  end if;
  return jsonb_build_object('ok', true, 'runId', v_run.id, 'nodeId', v_wp.node_id, 'at', v_wp.resolved_at,
    '_t', hot_touched(v_run.organization_id, v_run.id, false));
end $$;
