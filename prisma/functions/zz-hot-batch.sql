drop function if exists hot_order(text, jsonb);
drop function if exists hot_one(text, jsonb);

-- The workflow run that an item changes; null when it changes none, or starts one.
create or replace function hot_run_of(k text, a jsonb) returns uuid
language sql stable as $$
  select case when k in ('commit', 'heartbeat', 'revive', 'call_early') then (a->>'r')::uuid when k = 'control' then (a->>'id')::uuid
    when k in ('resolve', 'decide', 'take_back', 'decision_due') then (select run_id from waitpoints where id = (a->>'id')::uuid) end
$$;

-- The first item whose run somebody else holds at this moment, counted from 0; null when there is none.
create or replace function hot_blocked(p_items jsonb) returns int
language sql as $$
  with wanted as materialized (
    select n - 1 as n, hot_run_of(value->>'k', value->'a') as run from jsonb_array_elements(p_items) with ordinality as i(value, n)
  ), free as materialized (
    select id from runs where id = any(array(select run from wanted)) for no key update skip locked
  )
  select min(n)::int from wanted where run in (select id from runs) and run not in (select id from free)
$$;

-- One call = one transaction for everything that was pending in a process. The common kinds are made for all of their items together, the
-- others one by one; dispatch is static, so that every kind is planned once per connection. Notifications are collected and sent once, after all
-- items. Results stand in the order of the items. An error that comes from one item names it in its hint, counted from 0; nothing is left of the batch.
create or replace function hot_batch(p_items jsonb) returns jsonb
language plpgsql set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
declare
  v_kind text;
  v_item jsonb;
  v_n int;
  v_result jsonb;
  v_results jsonb[] := array_fill(null::jsonb, array[jsonb_array_length(p_items)]);
  -- The common kinds, and which items they are, counted from 0.
  v_starts int[];
  v_commits int[];
  v_ends int[];
  v_others boolean;
  -- Who is to be told after the commit.
  v_orgs uuid[] := '{}';
  v_runs uuid[] := '{}';
  v_done text[] := '{}';
  v_row record;
  v_state text;
  v_message text;
  v_detail text;
  v_hint text;
begin
  begin
    -- Whoever asks people something keeps them as they are (19-undecidable.sql), from before any run is locked.
    if p_items @? '$[*].a ? (exists(@.people) || exists(@.asked) || @.u.status == "failed" || exists(@.open[*].kind ? (@ == "approval" || @ == "form" || @ == "handoff")))' then
      perform pg_advisory_xact_lock_shared(asking.lock) from (
        select distinct asking_lock(coalesce(value->'a'->>'o', value->'a'->>'org')::uuid) as lock from jsonb_array_elements(p_items)
        where value @? '$.a ? (exists(@.people) || exists(@.asked) || @.u.status == "failed" || exists(@.open[*].kind ? (@ == "approval" || @ == "form" || @ == "handoff")))'
        order by 1) asking;
    end if;
    select array_agg(n) filter (where k = 'start_run'), array_agg(n) filter (where k = 'commit'), array_agg(n) filter (where k = 'exec_finish'), bool_or(k is null)
    into v_starts, v_commits, v_ends, v_others
    from (
      select case when value->>'k' in ('commit', 'exec_finish') or (value->>'k' = 'start_run' and not value->'a' ? 'limited') then value->>'k' end as k, (n - 1)::int as n
      from jsonb_array_elements(p_items) with ordinality as i(value, n)
      order by coalesce(value->'a'->>'r', value->'a'->>'run', value->'a'->>'startKey', value->'a'->>'id') collate "C"
    ) items;
    -- Every transaction goes through rows in this order, so that no two wait for each other: starts by key, then what changes workflow
    -- runs by run, then what changes function runs by run.
    if v_starts is not null then
      for v_row in select * from hot_starts(p_items, v_starts) loop
        v_results[v_row.item + 1] := v_row.answer;
        if v_row.run is null then continue; end if;
        v_orgs := v_orgs || v_row.org;
        v_runs := v_runs || v_row.run;
      end loop;
    end if;
    if v_commits is not null and v_others then
      perform from runs where id = any(array(select hot_run_of(value->>'k', value->'a') from jsonb_array_elements(p_items))) order by id for no key update;
    end if;
    if v_commits is not null then
      for v_row in select * from hot_commits(p_items, v_commits) loop
        v_results[v_row.item + 1] := v_row.answer - '_end';
        if v_row.run is null then continue; end if;
        v_orgs := v_orgs || v_row.org;
        v_runs := v_runs || v_row.run;
        if v_row.done then v_done := v_done || end_notice(v_row.run, v_row.answer->'_end'); end if;
        -- Whoever waits for an answer need not wait for a person.
        if v_row.asks then v_done := v_done || ('?' || v_row.run); end if;
      end loop;
    end if;
    if v_others then
      for v_kind, v_item, v_n in
        select k, a, n from (select value->>'k' as k, value->'a' as a, n from jsonb_array_elements(p_items) with ordinality as i(value, n)) items
        where k not in ('commit', 'exec_finish') and (k <> 'start_run' or a ? 'limited')
        order by case
          when k in ('start_run', 'restore') then 'a' || coalesce(a->>'startKey', a->>'id')
          when k in ('heartbeat', 'revive', 'call_early', 'control', 'resolve', 'decide', 'take_back', 'decision_due') then 'b' || coalesce(hot_run_of(k, a)::text, '')
          else 'c' || coalesce(a->>'run', '') end collate "C", n
      loop
        v_result := case v_kind
          when 'start_run' then hot_start_run(v_item)
          when 'restore' then hot_restore(v_item)
          when 'resolve' then hot_resolve(v_item)
          when 'decide' then hot_decide(v_item)
          when 'take_back' then hot_take_back(v_item)
          when 'decision_due' then hot_decision_due(v_item)
          when 'call_early' then hot_call_early(v_item)
          when 'control' then hot_control(v_item)
          when 'heartbeat' then hot_heartbeat(v_item)
          when 'place' then hot_place(v_item)
          when 'revive' then hot_revive(v_item)
          when 'wake' then hot_wake(v_item)
          else exec_hot(v_kind, v_item)
        end;
        if v_result ? '_t' then
          v_orgs := v_orgs || (v_result->'_t'->>'o')::uuid;
          v_runs := v_runs || (v_result->'_t'->>'r')::uuid;
          if (v_result->'_t'->>'d')::boolean then v_done := v_done || (v_result->'_t'->>'r'); end if;
          v_result := v_result - '_t';
        end if;
        v_results[v_n] := v_result;
      end loop;
      v_n := null;
    end if;
    if v_ends is not null then
      for v_row in select * from exec_finishes(p_items, v_ends) loop
        v_results[v_row.item + 1] := v_row.answer;
      end loop;
    end if;
  exception when others then
    get stacked diagnostics v_state = returned_sqlstate, v_message = message_text, v_detail = pg_exception_detail, v_hint = pg_exception_hint;
    if v_n is not null then
      v_hint := 'item ' || (v_n - 1);
    elsif v_state in ('55P03', '40P01') then
      v_hint := coalesce('item ' || hot_blocked(p_items), '');
    end if;
    raise exception using errcode = v_state, message = v_message, detail = v_detail, hint = v_hint;
  end;
  perform pg_notify('hp_done', notice) from unnest(v_done) as notice;
  -- More ids than a payload holds: whoever shows runs reads them again.
  perform pg_notify('hp_live', (jsonb_build_object('organizationId', org)
      || case when count(*) > 150 then '{"kinds": ["runs"]}'::jsonb else jsonb_build_object('runIds', jsonb_agg(run)) end)::text)
  from unnest(v_orgs, v_runs) as touched(org, run) group by org;
  return to_jsonb(v_results);
end $$;
