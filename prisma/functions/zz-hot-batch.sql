-- One call = one transaction for everything that was pending in a process. Dispatch is static, so that every kind is
-- planned once per connection. Notifications are collected and sent once, after all items.
create or replace function hot_batch(p_items jsonb) returns jsonb
language plpgsql as $$
declare
  v_item jsonb;
  v_result jsonb;
  v_results jsonb[] := '{}';
  v_done text[] := '{}';
  v_touched jsonb := '{}'::jsonb;
  v_org text;
  v_at int;
begin
  for v_item in select value from jsonb_array_elements(p_items) loop
    v_result := case v_item->>'k'
      when 'commit' then hot_commit(v_item->'a')
      when 'start_run' then hot_start_run(v_item->'a')
      when 'resolve' then hot_resolve(v_item->'a')
      when 'control' then hot_control(v_item->'a')
      when 'heartbeat' then hot_heartbeat(v_item->'a')
      when 'restore' then hot_restore(v_item->'a')
      when 'place' then hot_place(v_item->'a')
      when 'revive' then hot_revive(v_item->'a')
      else exec_hot(v_item->>'k', v_item->'a')
    end;
    if v_result ? '_t' then
      v_org := v_result->'_t'->>'o';
      v_touched := jsonb_set(v_touched, array[v_org], coalesce(v_touched->v_org, '[]'::jsonb) || (v_result->'_t'->'r'), true);
      if (v_result->'_t'->>'d')::boolean then v_done := v_done || (v_result->'_t'->>'r'); end if;
      v_result := v_result - '_t';
    end if;
    v_results := v_results || v_result;
  end loop;
  -- A payload holds at most 8000 bytes: some 180 ids.
  v_at := 1;
  while v_at <= coalesce(array_length(v_done, 1), 0) loop
    perform pg_notify('hp_done', array_to_string(v_done[v_at:v_at + 179], ','));
    v_at := v_at + 180;
  end loop;
  for v_org in select jsonb_object_keys(v_touched) loop
    -- More ids than a payload holds: whoever shows runs reads them again.
    perform pg_notify('hp_live', (jsonb_build_object('organizationId', v_org)
      || case when jsonb_array_length(v_touched->v_org) > 150 then '{"kinds": ["runs"]}'::jsonb
              else jsonb_build_object('runIds', v_touched->v_org) end)::text);
  end loop;
  return to_jsonb(v_results);
end $$;
