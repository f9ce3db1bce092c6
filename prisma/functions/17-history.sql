-- What was written into a run's history stays as it was written. Whole runs leave when their time is over (retention).
create or replace function run_events_refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'run_events is append-only' using errcode = 'insufficient_privilege';
end $$;

create or replace trigger run_events_append_only
  before update on run_events
  for each row execute function run_events_refuse_change();
