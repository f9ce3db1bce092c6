-- How many runs of a workflow may be under way at once. Runs of a group (workflow, concurrency_key) that have not ended and are
-- not queued each hold a place. Every change that could give one away too many holds the group's lock, and a transaction takes
-- at most one of these locks, first of all: starts of limited workflows and hot_place are never batched with anything else.
create index if not exists runs_places on runs (workflow_id, concurrency_key) where concurrency_key is not null and ended_at is null;
create index if not exists runs_queued on runs (workflow_id, concurrency_key, queued_at) where queued_at is not null and ended_at is null;

create or replace function place_lock(p_workflow uuid, p_key text) returns void
language sql as $$
  select pg_advisory_xact_lock(hashtextextended(p_workflow::text || '/' || p_key, 4712))
$$;

-- Under the group's lock: whether a run with this start key is there already.
create or replace function place_existing(a jsonb) returns uuid
language plpgsql as $$
begin
  perform place_lock((a->>'workflow')::uuid, a->'limited'->>'key');
  if a->>'startKey' is null then return null; end if;
  return (select id from runs where workflow_id = (a->>'workflow')::uuid and start_key = a->>'startKey');
end $$;

-- Under the group's lock: whether a new run gets a place at once. `cancel_oldest` makes room first.
create or replace function place_take(a jsonb) returns boolean
language plpgsql as $$
declare
  v_workflow uuid := (a->>'workflow')::uuid;
  v_key text := a->'limited'->>'key';
  v_limit int := (a->'limited'->>'limit')::int;
  v_taken int;
  v_oldest runs%rowtype;
begin
  select count(*) into v_taken from runs
  where workflow_id = v_workflow and concurrency_key = v_key and ended_at is null and queued_at is null;
  if a->'limited'->>'whenFull' = 'cancel_oldest' then
    for v_oldest in
      select * from runs where workflow_id = v_workflow and concurrency_key = v_key and ended_at is null and queued_at is null
      order by created_at, id limit greatest(v_taken - v_limit + 1, 0)
      -- As they are when nobody else changes them any more: a driver may be at work on them.
      for no key update
    loop
      perform hot_control(jsonb_build_object('id', v_oldest.id, 'org', v_oldest.organization_id, 'verb', 'cancel',
        'from', jsonb_build_array(v_oldest.status), 'reason', 'A newer run took its place.', 'actor', a->'limited'->'actor'));
      perform pg_notify('hp_done', v_oldest.id::text);
    end loop;
    return true;
  end if;
  -- Whoever came before and still waits goes first.
  return v_taken < v_limit and not exists (
    select 1 from runs where workflow_id = v_workflow and concurrency_key = v_key and ended_at is null and queued_at is not null and status = 'pending');
end $$;

-- Gives free places of a group to the next in line. `a`: { workflow, key }. Harmless when there is nothing to give.
create or replace function hot_place(a jsonb) returns jsonb
language plpgsql as $$
declare
  v_workflow uuid := (a->>'workflow')::uuid;
  v_key text := a->>'key';
  v_run runs%rowtype;
  v_limit int;
  v_taken int;
  v_admitted jsonb := '[]'::jsonb;
begin
  perform place_lock(v_workflow, v_key);
  select count(*) into v_taken from runs
  where workflow_id = v_workflow and concurrency_key = v_key and ended_at is null and queued_at is null;
  for v_run in
    select * from runs
    where workflow_id = v_workflow and concurrency_key = v_key and ended_at is null and queued_at is not null and status = 'pending'
    order by queued_at, id for no key update
  loop
    -- The limit of its own version; the queue of a schedule lets one run at a time.
    v_limit := case when v_key like 'schedule:%' then 1 else
      (select coalesce((config->'concurrency'->>'limit')::int, 2147483647) from workflow_versions where id = v_run.version_id) end;
    exit when v_taken >= v_limit;
    update runs set queued_at = null, heartbeat_at = now() where id = v_run.id;
    perform put_event(gen_random_uuid(), 'run/requested', jsonb_build_object('runId', v_run.id, 'generation', v_run.generation),
      v_run.id || ':' || v_run.generation, v_run.organization_id);
    v_taken := v_taken + 1;
    v_admitted := v_admitted || to_jsonb(v_run.id);
  end loop;
  return jsonb_build_object('ok', true, 'admitted', v_admitted);
end $$;
