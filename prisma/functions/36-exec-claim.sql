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

-- Whose calls are due: from the key after `p_after` on, once round. One index probe for each key, whatever number of calls it has; many
-- keys are looked at in parts, and then the one whose call has been due longest is looked at as well.
-- Answers { keys, at: where the look ended, cut?: others may be due as well }.
create or replace function exec_due_keys(p_after text) returns jsonb
language plpgsql stable set enable_seqscan = off as $$
declare
  v_keys text[] := '{}';
  v_at text := p_after;
  v_key text;
  v_run_at timestamptz;
  v_wrapped boolean := false;
  v_due timestamptz := now() + interval '1 ms';
begin
  for v_n in 1 .. 100 loop
    select fair_key, run_at into v_key, v_run_at from exec_jobs
    where leased_by is null and blocked_on is null and fair_key > v_at order by fair_key, run_at limit 1;
    if not found and not v_wrapped then
      v_wrapped := true;
      v_at := '';
      continue;
    end if;
    if not found or (v_wrapped and v_key > p_after) then return jsonb_build_object('keys', to_jsonb(v_keys), 'at', p_after); end if;
    v_at := v_key;
    if v_run_at <= v_due then v_keys := v_keys || v_key; end if;
  end loop;
  select fair_key into v_key from exec_jobs where leased_by is null and blocked_on is null and run_at <= v_due order by run_at limit 1;
  if found and v_key <> all(v_keys) then v_keys := v_keys || v_key; end if;
  return jsonb_build_object('keys', to_jsonb(v_keys), 'at', v_at, 'cut', found);
end $$;

-- Leases one call to this worker, if the concurrency limits of its function leave room.
create or replace function exec_lease(p_job exec_jobs, p_worker uuid) returns jsonb
language plpgsql as $$
declare
  v_job exec_jobs%rowtype;
  v_run exec_runs%rowtype;
begin
  if p_job.limit_keys <> '{}' and not exec_has_room(p_job) then return null; end if;
  update exec_jobs set leased_by = p_worker, leased_at = now(), fence = nextval('exec_fence')
  where exec_run = p_job.exec_run and step_id = p_job.step_id returning * into v_job;
  update exec_runs set started_at = now() where id = v_job.exec_run and started_at is null returning * into v_run;
  if found then
    delete from exec_waits where exec_run = v_job.exec_run and wait_id = 'timeout:start';
    if v_run.finish_timeout_ms is not null then
      perform exec_add_wait(v_job.exec_run, jsonb_build_object('id', 'timeout:finish', 'kind', 'finish_timeout', 'dueMs', v_run.finish_timeout_ms));
    end if;
  end if;
  return exec_payload(v_job);
end $$;

drop function if exists exec_claim(uuid, int);

-- Leases calls that are due to this worker, evenly: first to whoever has fewest of its slots in hand, among equals in turn, within one
-- key the oldest first. `p_share`: { hands: slots in hand by key, most: the most that one key may have, after: the key of the last turn }.
-- Answers with the calls, whose calls are still waiting (`cut`: and perhaps others'), and where the next look begins.
create or replace function exec_claim(p_worker uuid, p_limit int, p_share jsonb) returns jsonb
language plpgsql set enable_seqscan = off as $$
declare
  v_ring jsonb;
  v_keys text[];
  -- In hand, key by key; null: nothing more is due.
  v_hands int[];
  v_most int := (p_share->>'most')::int;
  v_after text;
  v_low int;
  v_share int;
  v_got int;
  v_job exec_jobs%rowtype;
  v_call jsonb;
  v_jobs jsonb[] := '{}';
  v_seen int := 0;
begin
  if exec_living(p_worker) is null then return jsonb_build_object('jobs', '[]'::jsonb, 'seen', 0, 'waiting', '[]'::jsonb, 'after', p_share->'after'); end if;
  v_ring := exec_due_keys(p_share->>'after');
  v_keys := array(select jsonb_array_elements_text(v_ring->'keys'));
  v_hands := array(select coalesce((p_share->'hands'->>key)::int, 0) from unnest(v_keys) with ordinality as k(key, n) order by n);
  v_after := v_ring->>'at';
  while v_seen < p_limit loop
    select min(h), least(coalesce(min(nullif(h, low)), v_most) - min(h), greatest((p_limit - v_seen) / nullif(count(*) filter (where h = low), 0), 1))
    into v_low, v_share from (select h, min(h) over () as low from unnest(v_hands) h where h < v_most) levels;
    exit when v_low is null;
    for v_at in 1 .. cardinality(v_keys) loop
      continue when v_hands[v_at] is distinct from v_low;
      v_share := least(v_share, p_limit - v_seen);
      exit when v_share = 0;
      v_got := 0;
      -- Compared as pairs, so that only the index by key and time will do.
      for v_job in select * from exec_jobs where leased_by is null and blocked_on is null
          and (fair_key, run_at) >= (v_keys[v_at], '-infinity') and (fair_key, run_at) <= (v_keys[v_at], now() + interval '1 ms')
        order by fair_key, run_at limit v_share for update skip locked
      loop
        v_got := v_got + 1;
        v_call := exec_lease(v_job, p_worker);
        continue when v_call is null;
        v_jobs := v_jobs || v_call;
        v_hands[v_at] := v_hands[v_at] + 1;
      end loop;
      v_seen := v_seen + v_got;
      if v_got > 0 then v_after := v_keys[v_at]; end if;
      if v_got < v_share then v_hands[v_at] := null; end if;
    end loop;
  end loop;
  return jsonb_build_object('jobs', to_jsonb(v_jobs), 'seen', v_seen, 'after', v_after, 'cut', coalesce(v_ring->'cut', 'false'), 'waiting', (
    select coalesce(jsonb_agg(key order by n), '[]') from unnest(v_keys) with ordinality as k(key, n)
    where v_hands[n] is not null and exists (select 1 from exec_jobs where leased_by is null and blocked_on is null
      and (fair_key, run_at) >= (key, '-infinity') and (fair_key, run_at) <= (key, now() + interval '1 ms'))));
end $$;

-- Gives calls back: a graceful stop, somebody else's turn, and leases that nobody holds in memory. They keep their place in the queue. `a`: { worker, jobs: [{ run, step, fence }] }
create or replace function exec_release(a jsonb) returns jsonb
language plpgsql as $$
declare
  v_item jsonb;
begin
  for v_item in select value from jsonb_array_elements(a->'jobs') loop
    update exec_jobs set leased_by = null, leased_at = null, fence = nextval('exec_fence')
    where exec_run = (v_item->>'run')::uuid and step_id = v_item->>'step' and fence = (v_item->>'fence')::bigint and leased_by = (a->>'worker')::uuid;
  end loop;
  return 'null';
end $$;
