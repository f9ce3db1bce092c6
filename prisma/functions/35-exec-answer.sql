-- What calls report: an answer at their end, steps on their way.

-- Records what a step returned, in the caller's own transaction. False: the lease was lost or the run has ended.
create or replace function exec_put_memo(p_run text, p_job text, p_fence bigint, p_hash text, p_name text, p_memo jsonb) returns boolean
language plpgsql set enable_seqscan = off as $$
declare
  v_takeovers int;
begin
  -- The share lock keeps a take-over from happening between this look and the commit.
  select takeovers into v_takeovers from exec_jobs
  where exec_run = p_run::uuid and step_id = p_job and fence = p_fence and leased_by is not null for share;
  if not found then return false; end if;
  -- It came further than where its workers died before.
  if v_takeovers > 0 then
    update exec_jobs set takeovers = 0 where exec_run = p_run::uuid and step_id = p_job;
  end if;
  insert into exec_steps (exec_run, step_id, name, kind, memo) values (p_run::uuid, p_hash, p_name, 'data', coalesce(p_memo, 'null'))
  on conflict do nothing;
  return true;
end $$;

-- Steps that a call reported on its way. `a`: { run, step, fence, memos }
create or replace function exec_checkpoint(a jsonb) returns jsonb
language plpgsql as $$
declare
  v_item jsonb;
begin
  for v_item in select value from jsonb_array_elements(a->'memos') loop
    if not exec_put_memo(a->>'run', a->>'step', (a->>'fence')::bigint, v_item->>'id', v_item->>'name', v_item->'memo') then return 'false'; end if;
  end loop;
  return 'true';
end $$;

-- What a call answered. What follows it has its place in the queue, should it have to wait. `a`: { run, step, fence, worker, lease, memos, waits, planned, children, retryMs?, attempt? }
create or replace function exec_answer(a jsonb) returns jsonb
language plpgsql as $$
declare
  v_run exec_runs%rowtype;
  v_job exec_jobs%rowtype;
  v_item jsonb;
  v_worker uuid := exec_living((a->>'worker')::uuid);
  v_lease int := case when v_worker is null then 0 else (a->>'lease')::int end;
  v_leased jsonb[] := '{}';
  v_new exec_jobs%rowtype;
  v_next jsonb;
  v_need boolean;
begin
  select * into v_run from exec_runs where id = (a->>'run')::uuid for update;
  if not found then return '{"stale": true}'; end if;
  select * into v_job from exec_jobs where exec_run = v_run.id and step_id = a->>'step' and fence = (a->>'fence')::bigint for update;
  if not found or v_job.leased_by is null then return '{"stale": true}'; end if;
  insert into exec_steps (exec_run, step_id, name, kind, memo)
  select v_run.id, value->>'id', value->>'name', value->>'kind', coalesce(value->'memo', 'null')
  from jsonb_array_elements(a->'memos') with ordinality as m(value, n) order by n
  on conflict do nothing;
  if a ? 'retryMs' then
    update exec_jobs set attempt = (a->>'attempt')::int, run_at = now() + make_interval(secs => (a->>'retryMs')::double precision / 1000),
      leased_by = null, leased_at = null, again = false, fence = nextval('exec_fence')
    where exec_run = v_run.id and step_id = v_job.step_id;
    return '{}';
  end if;
  if v_job.step_id <> 'step' then
    delete from exec_jobs where exec_run = v_run.id and step_id = v_job.step_id;
  end if;
  for v_item in select value from jsonb_array_elements(a->'waits') loop
    if v_item->>'kind' = 'signal' then
      if exists (select 1 from exec_waits where event_name = 'inngest/signal' and match_key = v_item->>'key') and v_item->>'conflict' <> 'replace' then
        insert into exec_steps (exec_run, step_id, name, kind, memo) values (v_run.id, v_item->>'id', v_item->>'name', 'error',
          jsonb_build_object('name', 'Error', 'message', 'Another run already waits for this signal. Use another name, or conflict "replace".')) on conflict do nothing;
      else
        update exec_waits set match_key = '-' where event_name = 'inngest/signal' and match_key = v_item->>'key';
      end if;
    end if;
    perform exec_add_wait(v_run.id, v_item);
  end loop;
  for v_item in select value from jsonb_array_elements(a->'children') loop
    perform exec_start(v_item, jsonb_build_array(v_item->'event'), null, v_run.id, v_item->>'parentStep', v_run.fair_key);
  end loop;
  for v_item in select value from jsonb_array_elements(a->'planned') loop
    insert into exec_jobs (exec_run, step_id, fence, race, leased_by, leased_at, limit_keys, limit_sizes, fair_key, run_at)
    select v_run.id, v_item->>'id', nextval('exec_fence'), (v_item->>'race')::boolean,
      case when v_lease > 0 and v_run.limit_keys = '{}' then v_worker end, case when v_lease > 0 and v_run.limit_keys = '{}' then now() end,
      v_run.limit_keys, v_run.limit_sizes, v_run.fair_key, v_job.run_at
    where not exists (select 1 from exec_steps where exec_run = v_run.id and step_id = v_item->>'id')
    on conflict do nothing
    returning * into v_new;
    if found and v_new.leased_by is not null then
      v_leased := v_leased || exec_payload(v_new);
      v_lease := v_lease - 1;
    end if;
  end loop;
  if v_job.step_id = 'step' then
    v_need := v_job.again or not exec_outstanding(v_run.id);
    delete from exec_jobs where exec_run = v_run.id and step_id = 'step';
  else
    v_need := v_job.race or not exec_outstanding(v_run.id);
  end if;
  if v_need then v_next := exec_discover(v_run, case when v_lease > 0 then v_worker end, v_job.run_at); end if;
  return jsonb_build_object('planned', to_jsonb(v_leased), 'next', v_next);
end $$;
