-- Worker processes: who is there, who has died. A worker's id is its identity, new with every process; names are labels.

drop function if exists exec_register(uuid, text);
drop function if exists exec_heartbeat(uuid, int);

-- A new worker. `w`: { id, name, host, pid, start, gone: ids of workers of this host whose process is no more, faulty: those of them
-- that crashed or hung }
create or replace function exec_register(w jsonb) returns void
language plpgsql as $$
begin
  update exec_workers set dead = true, at_fault = coalesce(w->'faulty' ? id::text, false)
  where id = any(array(select jsonb_array_elements_text(w->'gone'))::uuid[]) and not dead;
  insert into exec_workers (id, name, host, pid, process_start)
  values ((w->>'id')::uuid, w->>'name', w->>'host', (w->>'pid')::int, w->>'start')
  on conflict (id) do nothing;
end $$;

-- Shows life, and takes the calls of the dead away from them. Whoever was silent for too long is dead from then on: it may
-- not come back under the same identity, because its calls belong to others now. `p_judge`: may this worker judge by silence?
create or replace function exec_heartbeat(p_worker uuid, p_silent_ms int, p_judge boolean) returns jsonb
language plpgsql set enable_seqscan = off as $$
declare
  v_dead uuid[];
  v_freed int := 0;
begin
  update exec_workers set heartbeat_at = clock_timestamp() where id = p_worker and not dead;
  if not found then return '{"alive": false, "freed": 0}'; end if;
  if p_judge then
    update exec_workers set dead = true, at_fault = true where id in (
      select id from exec_workers where not dead and heartbeat_at < now() - make_interval(secs => p_silent_ms / 1000.0) for update skip locked);
  end if;
  v_dead := array(select id from exec_workers where dead);
  if v_dead <> '{}' then
    -- One of those that were under way may be why a worker crashed or hung. From the second time on they come back one by one, so
    -- that the others are not there when it happens again. Nothing is held against the calls of a worker that somebody ended.
    update exec_jobs j set leased_by = null, leased_at = null, fence = nextval('exec_fence'), takeovers = takeovers + d.blame,
      run_at = now() + make_interval(secs => takeovers * d.blame * 3 * random())
    from (select exec_run, step_id, (select w.at_fault::int from exec_workers w where w.id = leased_by) as blame
          from exec_jobs where leased_by = any(v_dead) limit 1000 for update skip locked) d
    where j.exec_run = d.exec_run and j.step_id = d.step_id;
    get diagnostics v_freed = row_count;
    delete from exec_workers w where w.id = any(v_dead) and w.heartbeat_at < now() - interval '1 hour'
      and not exists (select 1 from exec_jobs where leased_by = w.id);
  end if;
  return jsonb_build_object('alive', true, 'freed', v_freed);
end $$;
