-- Events and signals: what they start, wake and cancel.

-- Events that are due, each with the waits that may be for it. A read: nothing is taken yet.
create or replace function exec_peek(p_limit int) returns jsonb
language sql stable set enable_seqscan = off as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'name', e.name, 'data', e.data, 'dedupe', e.dedupe_id, 'ts', exec_ms(e.created_at), 'waits', (
    select jsonb_agg(jsonb_build_object('run', w.exec_run, 'wait', w.wait_id, 'residual', w.residual))
    from exec_waits w
    where w.event_name = e.name and w.match_key = any(array(
      select d.key || '=' || (d.value #>> '{}') from jsonb_each(case when jsonb_typeof(e.data) = 'object' then e.data else '{}' end) d where jsonb_typeof(d.value) = 'string' and strpos(d.key, '=') = 0
    ) || '*'::text)
  ))), '[]')
  from (select * from event_outbox where due_at <= now() + interval '1 ms' order by due_at limit p_limit) e
$$;

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
      v_made := exec_start(v_sub, jsonb_build_array(v_event), v_worker, null, null);
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
