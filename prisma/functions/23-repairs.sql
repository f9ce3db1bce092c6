-- Failed runs that a person can do something about (server/modules/repairs): asked where a run ends, settled by whatever is done with it.
create index if not exists repairs_open on repairs (organization_id, failed_at, run_id) where status = 'open';
create index if not exists repairs_alike on repairs (organization_id, workflow_id, node_id, error_code, failed_at, run_id) where status = 'open';
create index if not exists repairs_settled on repairs (organization_id, settled_at desc, run_id desc) where status <> 'open';
create unique index if not exists repair_rounds_under_way on repair_rounds (organization_id, workflow_id, node_id, error_code) where ended_at is null;

-- The permission roles that may control runs (core/permissions.ts; a test holds the two together).
create or replace function repairing_roles() returns text[]
language sql immutable as $$
  select '{owner,admin,builder,operator}'::text[]
$$;

-- Whom the failed runs of a workflow are put before: its owner while active and allowed, else the owners and administrators.
create or replace function repair_asked(p_org uuid, p_workflow uuid) returns text[]
language sql stable as $$
  with person as (
    select m.user_id, m.role from memberships m join users u on u.id = m.user_id
    where m.organization_id = p_org and u.deactivated_at is null and m.role = any(repairing_roles())
  ), owner as (
    select user_id from person where user_id = (select owner_id from workflows where id = p_workflow and organization_id = p_org)
  )
  select coalesce(array_agg('user:' || user_id order by user_id), '{}') from (
    select user_id from owner
    union all
    select user_id from person where role in ('owner', 'admin') and not exists (select from owner)
  ) asked
$$;

-- In the transaction in which these runs end as failed. Left out: tests, ends that their author wanted, and what a retry only runs into again.
create or replace function put_repairs(p_runs uuid[]) returns void
language sql as $$
  with failed as materialized (
    select id, organization_id, workflow_id, coalesce(error->>'nodeId', '') as node_id, coalesce(error->>'code', failure_reason) as code,
      coalesce(error->>'message', 'The run failed.') as message, ended_at
    from runs where id = any(p_runs) and status = 'failed' and not test
      and failure_reason = any('{step_failed,timeout,unsafe_unknown_outcome,driver_failed,poisoned}')
  ), asked as materialized (
    select workflow_id, repair_asked(organization_id, workflow_id) as refs from (select distinct organization_id, workflow_id from failed) w
  )
  insert into repairs (run_id, organization_id, workflow_id, assignees, node_id, step_id, step_key, step_name, error_code, error_message, failed_at)
  select f.id, f.organization_id, f.workflow_id, a.refs, f.node_id, s.id, s.key, s.name, f.code, f.message, f.ended_at
  from failed f join asked a on a.workflow_id = f.workflow_id
  left join lateral (
    select id, key, name from step_runs where run_id = f.id and node_id = f.node_id and status = 'failed' and not superseded
    order by seq desc limit 1
  ) s on true
  order by f.id
  on conflict (run_id) do update set
    assignees = excluded.assignees, node_id = excluded.node_id, step_id = excluded.step_id, step_key = excluded.step_key,
    step_name = excluded.step_name, error_code = excluded.error_code, error_message = excluded.error_message, failed_at = excluded.failed_at,
    status = 'open', settled_how = null, settled_by_id = null, settled_by_name = null, settled_at = null, reason = null
$$;

-- Something was done with the run; whoever asks holds the lock of its row. `p_actor`: as the audit log has it.
create or replace function settle_repair(p_run uuid, p_how text, p_actor jsonb, p_reason text) returns boolean
language plpgsql as $$
begin
  update repairs set status = 'settled', settled_how = p_how, settled_by_name = p_actor->>'name', settled_at = now(), reason = p_reason,
    settled_by_id = case when p_actor->>'type' = 'user' then (p_actor->>'id')::uuid else (p_actor->>'userId')::uuid end
  where run_id = p_run and status = 'open';
  return found;
end $$;

-- Somebody lets a failed run be. False: it does not wait for anybody any more.
create or replace function leave_repair(p_org uuid, p_run uuid, p_reason text, p_actor jsonb, p_proof jsonb) returns boolean
language plpgsql as $$
begin
  perform from runs where id = p_run and organization_id = p_org for no key update;
  if not found or not settle_repair(p_run, 'left', p_actor, p_reason) then return false; end if;
  perform put_audit(p_org, p_actor, p_proof, 'run.left_failed', 'run', p_run::text, jsonb_build_object('reason', p_reason), null);
  perform put_run_events(p_run, p_org, jsonb_build_array(jsonb_build_object('type', 'run.left_failed', 'actor', p_actor,
    'data', jsonb_build_object('reason', p_reason))));
  perform pg_notify('hp_live', jsonb_build_object('organizationId', p_org, 'runIds', jsonb_build_array(p_run))::text);
  return true;
end $$;

-- Who is asked follows who is there: after people, their roles, or the owner of a workflow changed. A run that fails meanwhile is seen: see asking_lock.
create or replace function repairs_asked_again(p_org uuid, p_workflow uuid) returns void
language plpgsql as $$
begin
  perform pg_advisory_xact_lock(asking_lock(p_org));
  update repairs set assignees = asked.refs
  from (
    select workflow_id, repair_asked(p_org, workflow_id) as refs from (
      select distinct workflow_id from repairs
      where organization_id = p_org and status = 'open' and (p_workflow is null or workflow_id = p_workflow)) w
  ) asked
  where repairs.organization_id = p_org and repairs.status = 'open' and repairs.workflow_id = asked.workflow_id
    and repairs.assignees is distinct from asked.refs;
end $$;

create or replace function repairs_people_changed() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    perform repairs_asked_again(org, null) from (select distinct organization_id as org from come order by 1) changed;
  else
    perform repairs_asked_again(org, null) from (select distinct organization_id as org from gone order by 1) changed;
  end if;
  return null;
end $$;

create or replace trigger repairs_members_came after insert on memberships referencing new table as come
  for each statement execute function repairs_people_changed();
create or replace trigger repairs_members_went after delete on memberships referencing old table as gone
  for each statement execute function repairs_people_changed();
create or replace trigger repairs_members_differ after update on memberships referencing old table as gone
  for each statement execute function repairs_people_changed();

create or replace function repairs_user_changed() returns trigger language plpgsql as $$
begin
  perform repairs_asked_again(organization_id, null) from memberships where user_id = new.id order by organization_id;
  return null;
end $$;

create or replace trigger repairs_user_differs after update of deactivated_at on users
  for each row when (new.deactivated_at is distinct from old.deactivated_at) execute function repairs_user_changed();

create or replace function repairs_owner_changed() returns trigger language plpgsql as $$
begin
  perform repairs_asked_again(new.organization_id, new.id);
  return null;
end $$;

create or replace trigger repairs_owner_differs after update of owner_id on workflows
  for each row when (new.owner_id is distinct from old.owner_id) execute function repairs_owner_changed();
