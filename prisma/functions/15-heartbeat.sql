-- Shows life while a long step runs; harmless when the run has moved on.
create or replace function hot_heartbeat(a jsonb) returns jsonb
language plpgsql as $$
begin
  update runs set heartbeat_at = now() where id = (a->>'r')::uuid and generation = (a->>'g')::int;
  return 'null'::jsonb;
end $$;
