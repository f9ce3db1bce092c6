-- A call to a callback address whose step does not wait yet. It is kept until the step waits, and the first one counts.
-- The run's lock decides whether the wait or the call came first.
create or replace function hot_call_early(a jsonb) returns jsonb
language plpgsql as $$
declare
  v_run runs%rowtype;
  v_wp uuid;
  v_early early_callbacks%rowtype;
begin
  select * into v_run from runs where id = (a->>'r')::uuid for no key update;
  if not found then
    return jsonb_build_object('ok', false, 'reason', 'not_found');
  end if;
  select id into v_wp from waitpoints where token_hash = a->>'token';
  if found then
    return jsonb_build_object('ok', false, 'reason', 'resolved', 'open', v_wp);
  end if;
  if v_run.status = any('{completed,failed,cancelled}') then
    return jsonb_build_object('ok', false, 'reason', 'resolved', 'status', v_run.status, 'at', v_run.ended_at);
  end if;
  insert into early_callbacks (token_hash, organization_id, run_id, answer)
  values (a->>'token', v_run.organization_id, v_run.id, a->'answer')
  on conflict (token_hash) do nothing;
  if not found then
    select * into v_early from early_callbacks where token_hash = a->>'token';
    return jsonb_build_object('ok', false, 'reason', 'resolved', 'status', 'resolved', 'outcome', v_early.answer->>'outcome',
      'by', v_early.answer->>'byName', 'at', v_early.called_at);
  end if;
  return jsonb_build_object('ok', true, 'runId', v_run.id);
end $$;

-- What came before these waits began is their answer now, as if it were called this moment. Who comes later is told when the call
-- really came.
create or replace function take_early_callbacks(p_open jsonb) returns void
language plpgsql as $$
declare
  v_early record;
begin
  for v_early in
    delete from early_callbacks e using waitpoints w
    where e.token_hash = any(array(select value->>'tokenHash' from jsonb_array_elements(p_open))) and w.token_hash = e.token_hash
    returning w.id, e.organization_id, e.answer, e.called_at
  loop
    perform hot_resolve(v_early.answer || jsonb_build_object('id', v_early.id, 'org', v_early.organization_id,
      'eventId', gen_random_uuid(), 'resolution', v_early.answer->'resolution' || jsonb_build_object('calledAt', v_early.called_at)));
  end loop;
end $$;
