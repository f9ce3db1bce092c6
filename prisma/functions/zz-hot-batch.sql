drop function if exists hot_order(text, jsonb);
drop function if exists hot_one(text, jsonb);

-- One call = one transaction for everything that was pending in a process. Dispatch is static, so that every kind is
-- planned once per connection. Notifications are collected and sent once, after all items. Results stand in the order of the
-- items. An error names the item it comes from in its hint, counted from 0, and leaves nothing of the batch.
create or replace function hot_batch(p_items jsonb) returns jsonb
language plpgsql set enable_seqscan = off as $$
declare
  v_kind text;
  v_item jsonb;
  v_n int;
  v_result jsonb;
  v_results jsonb[] := array_fill(null::jsonb, array[jsonb_array_length(p_items)]);
  v_done text[] := '{}';
  v_touched jsonb := '{}'::jsonb;
  v_org text;
  v_at int;
  v_state text;
  v_message text;
  v_detail text;
begin
  begin
    -- Whoever asks people something keeps them as they are (19-undecidable.sql), from before any run is locked.
    perform pg_advisory_xact_lock_shared(asking.lock) from (
      select distinct asking_lock(coalesce(value->'a'->>'o', value->'a'->>'org')::uuid) as lock from jsonb_array_elements(p_items)
      where value @? '$.a.open[*] ? (@.kind == "approval" || @.kind == "form" || @.kind == "handoff")' or value->'a' ?| '{people,asked}'
      order by 1) asking;
    -- The order in which rows are locked: starts, then what changes workflow runs, then what changes function runs, each by id. Every
    -- transaction goes through them in this order, so that no two wait for each other.
    for v_kind, v_item, v_n in
      select k, a, n from (select value->>'k' as k, value->'a' as a, n from jsonb_array_elements(p_items) with ordinality as i(value, n)) items
      order by case
        when jsonb_array_length(p_items) = 1 then ''
        when k in ('start_run', 'restore') then 'a' || coalesce(a->>'startKey', a->>'id')
        when k in ('commit', 'heartbeat', 'revive', 'call_early') then 'b' || (a->>'r')
        when k = 'control' then 'b' || (a->>'id')
        when k = 'resolve' then 'b' || coalesce((select run_id::text from waitpoints where id = (a->>'id')::uuid), '')
        else 'c' || coalesce(a->>'run', '') end collate "C", n
    loop
      v_result := case v_kind
        when 'commit' then hot_commit(v_item)
        when 'start_run' then hot_start_run(v_item)
        when 'restore' then hot_restore(v_item)
        when 'resolve' then hot_resolve(v_item)
        when 'call_early' then hot_call_early(v_item)
        when 'control' then hot_control(v_item)
        when 'heartbeat' then hot_heartbeat(v_item)
        when 'place' then hot_place(v_item)
        when 'revive' then hot_revive(v_item)
        when 'wake' then hot_wake(v_item)
        else exec_hot(v_kind, v_item)
      end;
      if v_result ? '_t' then
        v_org := v_result->'_t'->>'o';
        v_touched := jsonb_set(v_touched, array[v_org], coalesce(v_touched->v_org, '[]'::jsonb) || (v_result->'_t'->'r'), true);
        if (v_result->'_t'->>'d')::boolean then v_done := v_done || (v_result->'_t'->>'r');
        -- Whoever waits for an answer need not wait for a person.
        elsif (v_result->'_t'->>'w')::boolean then v_done := v_done || ('?' || (v_result->'_t'->>'r'));
        end if;
        v_result := v_result - '_t';
      end if;
      v_results[v_n] := v_result;
    end loop;
  exception when others then
    get stacked diagnostics v_state = returned_sqlstate, v_message = message_text, v_detail = pg_exception_detail;
    raise exception using errcode = v_state, message = v_message, detail = v_detail, hint = 'item ' || (v_n - 1);
  end;
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
