-- Worker processes: who is there, who has died.

create or replace function exec_register(p_worker uuid, p_name text) returns void
language plpgsql as $$
begin
  update exec_workers set dead = true where name = p_name and id <> p_worker and not dead;
  insert into exec_workers (id, name) values (p_worker, p_name);
end $$;

-- Shows life, and takes the calls of the dead away from them. False: this worker itself was declared dead.
create or replace function exec_heartbeat(p_worker uuid, p_silent_ms int) returns jsonb
language plpgsql set enable_seqscan = off as $$
declare
  v_dead uuid[];
  v_freed int := 0;
begin
  update exec_workers set heartbeat_at = clock_timestamp() where id = p_worker and not dead;
  if not found then return '{"alive": false, "freed": 0}'; end if;
  v_dead := array(select id from exec_workers where dead or heartbeat_at < now() - make_interval(secs => p_silent_ms / 1000.0));
  if v_dead <> '{}' then
    update exec_jobs j set leased_by = null, leased_at = null, fence = nextval('exec_fence'), takeovers = takeovers + 1, run_at = now()
    from (select exec_run, step_id from exec_jobs where leased_by = any(v_dead) limit 1000 for update skip locked) d
    where j.exec_run = d.exec_run and j.step_id = d.step_id;
    get diagnostics v_freed = row_count;
    delete from exec_workers w where w.id = any(v_dead) and w.heartbeat_at < now() - interval '1 hour'
      and not exists (select 1 from exec_jobs where leased_by = w.id);
  end if;
  return jsonb_build_object('alive', true, 'freed', v_freed);
end $$;
