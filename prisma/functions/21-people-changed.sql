-- Whoever comes, leaves, or has another role or team: what is asked of them is looked at again. Triggers, so that it makes no
-- difference who changes people, and by what.
create or replace function asked_of_changed(p_org uuid, p_refs text[]) returns void
language plpgsql as $$
begin
  perform pg_advisory_xact_lock(asking_lock(p_org));
  perform mark_undecidable(p_org, array(
    select id from waitpoints
    where organization_id = p_org and status = 'open' and kind in ('approval', 'form', 'handoff') and assignees && p_refs));
end $$;

-- As what somebody is asked, whether active or not.
create or replace function member_refs(p_org uuid, p_user uuid, p_role text, p_business_roles text[]) returns text[]
language sql stable as $$
  select array['user:' || p_user, 'role:' || p_role]
    || array(select 'email:' || lower(email) from users where id = p_user)
    || array(select 'role:' || held from unnest(p_business_roles) held)
    || array(select 'team:' || t.id from teams t where t.organization_id = p_org and p_user = any(t.member_ids))
$$;

create or replace function people_changed() returns trigger language plpgsql as $$
declare
  v_changed jsonb;
begin
  -- The rows of a table that this statement took away or put there; what stayed as it was is left out.
  if tg_op = 'INSERT' then
    select jsonb_agg(to_jsonb(n)) into v_changed from come n;
  elsif tg_op = 'DELETE' then
    select jsonb_agg(to_jsonb(o)) into v_changed from gone o;
  else
    select jsonb_agg(either.r) into v_changed from (
      (select to_jsonb(o) as r from gone o except select to_jsonb(n) from come n)
      union all
      (select to_jsonb(n) from come n except select to_jsonb(o) from gone o)) either;
  end if;
  if v_changed is null then return null; end if;
  perform asked_of_changed(org, array_agg(distinct ref))
  from (
    select (r->>'organization_id')::uuid as org, unnest(member_refs((r->>'organization_id')::uuid, (r->>'user_id')::uuid, r->>'role',
      array(select jsonb_array_elements_text(r->'business_roles')))) as ref
    from jsonb_array_elements(v_changed) r where tg_table_name = 'memberships'
    union all
    select (r->>'organization_id')::uuid, 'team:' || (r->>'id') from jsonb_array_elements(v_changed) r where tg_table_name = 'teams'
    union all
    select (r->>'organization_id')::uuid, 'role:' || (r->>'slug')
    from jsonb_array_elements(v_changed) r where tg_table_name = 'business_roles'
  ) changed
  group by org order by org;
  return null;
end $$;

do $$
declare
  v_table text;
begin
  foreach v_table in array array['memberships', 'teams', 'business_roles'] loop
    execute format('create or replace trigger %1$s_came after insert on %1$s referencing new table as come
      for each statement execute function people_changed()', v_table);
    execute format('create or replace trigger %1$s_went after delete on %1$s referencing old table as gone
      for each statement execute function people_changed()', v_table);
    execute format('create or replace trigger %1$s_differ after update on %1$s referencing old table as gone new table as come
      for each statement execute function people_changed()', v_table);
  end loop;
end $$;

-- Names and passwords of users decide nothing.
create or replace function user_deactivated() returns trigger language plpgsql as $$
begin
  perform asked_of_changed(m.organization_id, member_refs(m.organization_id, m.user_id, m.role, m.business_roles))
  from memberships m where m.user_id = new.id order by m.organization_id;
  return null;
end $$;

create or replace trigger users_differ
  after update of deactivated_at on users
  for each row when (new.deactivated_at is distinct from old.deactivated_at)
  execute function user_deactivated();

-- What was asked before anybody looked: once over what is open, whenever this version begins to work on a database.
do $$
declare
  v_org uuid;
begin
  for v_org in select distinct organization_id from waitpoints where status = 'open' and kind in ('approval', 'form', 'handoff') order by 1 loop
    perform pg_advisory_xact_lock(asking_lock(v_org));
    perform mark_undecidable(v_org, array(
      select id from waitpoints where organization_id = v_org and status = 'open' and kind in ('approval', 'form', 'handoff')));
  end loop;
end $$;
