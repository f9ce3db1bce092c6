-- Leases: taking calls, giving them back, and the room under concurrency limits.

-- Room under every concurrency limit of this job? If not, it is set aside until a holder lets go.
create or replace function exec_has_room(p_job exec_jobs) returns boolean
language plpgsql as $$
declare
  v_at int;
begin
  for v_at in 1 .. cardinality(p_job.limit_keys) loop
    perform pg_advisory_xact_lock(hashtextextended(p_job.limit_keys[v_at], 4711));
    if (select count(*) from exec_jobs where leased_by is not null and limit_keys <> '{}' and limit_keys @> array[p_job.limit_keys[v_at]]) >= p_job.limit_sizes[v_at] then
      update exec_jobs set blocked_on = p_job.limit_keys[v_at] where exec_run = p_job.exec_run and step_id = p_job.step_id;
      return false;
    end if;
  end loop;
  return true;
end $$;

-- A holder of a limited slot let go: its oldest follower may be claimed.
create or replace function exec_unblock() returns trigger
language plpgsql as $$
declare
  v_key text;
begin
  foreach v_key in array old.limit_keys loop
    -- Whoever is just finding that there is no room must be seen here, or must see this.
    perform pg_advisory_xact_lock(hashtextextended(v_key, 4711));
    update exec_jobs set blocked_on = null
    where (exec_run, step_id) = (select exec_run, step_id from exec_jobs where blocked_on = v_key order by run_at limit 1 for update skip locked);
  end loop;
  return null;
end $$;
create or replace trigger exec_jobs_gone after delete on exec_jobs for each row
  when (old.leased_by is not null and old.limit_keys <> '{}') execute function exec_unblock();
create or replace trigger exec_jobs_let_go after update of leased_by on exec_jobs for each row
  when (old.leased_by is not null and new.leased_by is null and old.limit_keys <> '{}') execute function exec_unblock();

-- Leases calls that are due to this worker.
create or replace function exec_claim(p_worker uuid, p_limit int) returns jsonb
language plpgsql set enable_seqscan = off as $$
declare
  v_job exec_jobs%rowtype;
  v_run exec_runs%rowtype;
  v_jobs jsonb[] := '{}';
  v_seen int := 0;
begin
  if exec_living(p_worker) is null then return '{"jobs": [], "seen": 0}'; end if;
  for v_job in select * from exec_jobs where leased_by is null and blocked_on is null and run_at <= now() + interval '1 ms' order by run_at limit p_limit for update skip locked loop
    v_seen := v_seen + 1;
    if v_job.limit_keys <> '{}' and not exec_has_room(v_job) then continue; end if;
    update exec_jobs set leased_by = p_worker, leased_at = now(), fence = nextval('exec_fence')
    where exec_run = v_job.exec_run and step_id = v_job.step_id returning * into v_job;
    update exec_runs set started_at = now() where id = v_job.exec_run and started_at is null returning * into v_run;
    if found then
      delete from exec_waits where exec_run = v_job.exec_run and wait_id = 'timeout:start';
      if v_run.finish_timeout_ms is not null then
        perform exec_add_wait(v_job.exec_run, jsonb_build_object('id', 'timeout:finish', 'kind', 'finish_timeout', 'dueMs', v_run.finish_timeout_ms));
      end if;
    end if;
    v_jobs := v_jobs || exec_payload(v_job);
  end loop;
  return jsonb_build_object('jobs', to_jsonb(v_jobs), 'seen', v_seen);
end $$;

-- Gives calls back: graceful stop, and leases that nobody holds in memory. `a`: { worker, jobs: [{ run, step, fence }] }
create or replace function exec_release(a jsonb) returns jsonb
language plpgsql as $$
declare
  v_item jsonb;
begin
  for v_item in select value from jsonb_array_elements(a->'jobs') loop
    update exec_jobs set leased_by = null, leased_at = null, fence = nextval('exec_fence'), run_at = now()
    where exec_run = (v_item->>'run')::uuid and step_id = v_item->>'step' and fence = (v_item->>'fence')::bigint and leased_by = (a->>'worker')::uuid;
  end loop;
  return 'null';
end $$;
