-- Events and signals: what they start, wake and cancel.

-- Whose events are due: see exec_due_keys. At most `p_most` keys.
create or replace function exec_event_keys(p_after text, p_most int) returns jsonb
language plpgsql stable set enable_seqscan = off as $$
declare
  v_keys text[] := '{}';
  v_at text := p_after;
  v_key text;
  v_due_at timestamptz;
  v_wrapped boolean := false;
  v_due timestamptz := now() + interval '1 ms';
begin
  for v_n in 1 .. 100 loop
    select fair_key, due_at into v_key, v_due_at from event_outbox where fair_key > v_at order by fair_key, due_at limit 1;
    if not found and not v_wrapped then
      v_wrapped := true;
      v_at := '';
      continue;
    end if;
    if not found or (v_wrapped and v_key > p_after) then return jsonb_build_object('keys', to_jsonb(v_keys), 'at', v_at); end if;
    v_at := v_key;
    if v_due_at <= v_due then v_keys := v_keys || v_key; end if;
    if cardinality(v_keys) = p_most then return jsonb_build_object('keys', to_jsonb(v_keys), 'at', v_at, 'cut', true); end if;
  end loop;
  select fair_key into v_key from event_outbox where due_at <= v_due order by due_at limit 1;
  if found and v_key <> all(v_keys) then v_keys := v_keys || v_key; end if;
  return jsonb_build_object('keys', to_jsonb(v_keys), 'at', v_at, 'cut', found);
end $$;

-- Events that are due, each with the waits that may be for it: of everybody who has some the same number, the oldest of each, and
-- everybody's first before anybody's second. A read: nothing is taken yet. `more`: there may be others.
drop function if exists exec_peek(int);

create or replace function exec_peek(p_limit int, p_after text) returns jsonb
language plpgsql stable set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
declare
  v_ring jsonb := exec_event_keys(p_after, p_limit);
  v_keys text[] := array(select jsonb_array_elements_text(v_ring->'keys'));
  v_share int := greatest(1, p_limit / greatest(1, cardinality(v_keys)));
  v_events jsonb;
  v_full boolean;
begin
  select coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'name', e.name, 'key', e.fair_key, 'data', e.data, 'dedupe', e.dedupe_id, 'ts', exec_ms(e.created_at), 'waits', (
    select jsonb_agg(jsonb_build_object('run', w.exec_run, 'wait', w.wait_id, 'residual', w.residual))
    from exec_waits w
    where w.event_name = e.name and w.match_key = any(array(
      select d.key || '=' || (d.value #>> '{}') from jsonb_each(case when jsonb_typeof(e.data) = 'object' then e.data else '{}' end) d where jsonb_typeof(d.value) = 'string' and strpos(d.key, '=') = 0
    ) || '*'::text)
  )) order by e.turn, e.n), '[]'), coalesce(bool_or(e.turn = v_share), false)
  into v_events, v_full
  from (
    select k.n, row_number() over (partition by k.n order by own.due_at) as turn, own.*
    from unnest(v_keys) with ordinality as k(key, n) cross join lateral (
      select * from event_outbox
      where (fair_key, due_at) >= (k.key, '-infinity') and (fair_key, due_at) <= (k.key, now() + interval '1 ms')
      order by fair_key, due_at limit v_share) own
  ) e;
  return jsonb_build_object('events', v_events, 'after', v_ring->'at', 'more', v_full or coalesce((v_ring->>'cut')::boolean, false));
end $$;

-- Takes events out of the inbox with all that they cause. An event whose waiting runs are busy stays for the next round.
-- `a`: { worker, events: [{ id, starts: [...], wakes: [{ run, wait, lease }] }] }
create or replace function exec_accept(a jsonb) returns jsonb
language plpgsql as $$
declare
  v_worker uuid := exec_living((a->>'worker')::uuid);
  v_item jsonb;
  v_sub jsonb;
  v_row event_outbox%rowtype;
  v_event jsonb;
  v_run exec_runs%rowtype;
  v_wait exec_waits%rowtype;
  v_busy boolean;
  v_made jsonb;
  v_started jsonb[] := '{}';
  v_woken jsonb[] := '{}';
  v_left int := 0;
begin
  for v_item in select value from jsonb_array_elements(a->'events') loop
    select * into v_row from event_outbox where id = (v_item->>'id')::uuid for update skip locked;
    if not found then continue; end if;
    v_busy := false;
    for v_sub in select value from jsonb_array_elements(v_item->'wakes') loop
      perform 1 from exec_runs where id = (v_sub->>'run')::uuid for update skip locked;
      if not found and exists (select 1 from exec_runs where id = (v_sub->>'run')::uuid) then v_busy := true; end if;
    end loop;
    if v_busy then
      v_left := v_left + 1;
      continue;
    end if;
    delete from event_outbox where id = v_row.id;
    v_event := jsonb_build_object('id', coalesce(v_row.dedupe_id, v_row.id::text), 'name', v_row.name, 'data', v_row.data, 'ts', exec_ms(v_row.created_at));
    for v_sub in select value from jsonb_array_elements(v_item->'wakes') loop
      select * into v_run from exec_runs where id = (v_sub->>'run')::uuid for update;
      if not found then continue; end if;
      delete from exec_waits where exec_run = v_run.id and wait_id = v_sub->>'wait' returning * into v_wait;
      if not found then continue; end if;
      if v_wait.kind = 'cancel' then
        perform exec_end(v_run, 'Cancelled', '{}', true);
      else
        v_made := exec_complete(v_run, v_wait.wait_id, v_wait.name, 'data', v_event, v_wait.race, case when (v_sub->>'lease')::boolean then v_worker end);
        if v_made is not null then v_woken := v_woken || v_made; end if;
      end if;
    end loop;
    for v_sub in select value from jsonb_array_elements(v_item->'starts') loop
      v_made := exec_start(v_sub, jsonb_build_array(v_event), v_worker, null, null, v_row.fair_key);
      if v_made is not null then v_started := v_started || v_made; end if;
    end loop;
  end loop;
  return jsonb_build_object('started', to_jsonb(v_started), 'woken', to_jsonb(v_woken), 'left', v_left);
end $$;

-- `a`: { signal, data }
create or replace function exec_signal(a jsonb) returns jsonb
language plpgsql as $$
declare
  v_run exec_runs%rowtype;
  v_wait exec_waits%rowtype;
begin
  select * into v_wait from exec_waits where event_name = 'inngest/signal' and match_key = a->>'signal' order by created_at limit 1;
  if not found then return 'null'; end if;
  select * into v_run from exec_runs where id = v_wait.exec_run for update;
  delete from exec_waits where exec_run = v_wait.exec_run and wait_id = v_wait.wait_id and match_key = a->>'signal';
  if not found then return 'null'; end if;
  perform exec_complete(v_run, v_wait.wait_id, v_wait.name, 'data', jsonb_build_object('signal', a->'signal', 'data', a->'data'), v_wait.race, null);
  return to_jsonb(v_run.id);
end $$;
