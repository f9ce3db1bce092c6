-- Shows life while a long step runs, or before one that is done again. False: the run has moved on to another generation.
create or replace function hot_heartbeat(a jsonb) returns jsonb
language plpgsql as $$
begin
  update runs set heartbeat_at = now() where id = (a->>'r')::uuid and generation = (a->>'g')::int;
  return to_jsonb(found);
end $$;

-- Wakes every driver that waits for this run. `a`: { r: run }
create or replace function hot_wake(a jsonb) returns jsonb
language plpgsql as $$
begin
  perform put_event(gen_random_uuid(), 'run/wake', jsonb_build_object('runId', a->'r'), null,
    (select organization_id from runs where id = (a->>'r')::uuid));
  return 'null'::jsonb;
end $$;
