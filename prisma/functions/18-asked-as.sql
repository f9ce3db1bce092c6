-- The permission roles with the right to answer (core/permissions.ts; a test holds the two together).
create or replace function answering_roles(p_kind text) returns text[]
language sql immutable as $$
  select case p_kind when 'approval' then '{owner,admin,builder,operator,approver}' else '{owner,admin,builder,operator}' end::text[]
$$;

-- The active members, and as what they are asked: user, address (where somebody outside was asked who is a member by now), teams, business roles, and their permission role where no business role
-- has its name.
create or replace function people_asked_as(p_org uuid) returns table (user_id uuid, role text, refs text[])
language sql stable as $$
  select m.user_id, m.role, array['user:' || m.user_id, 'email:' || lower(u.email)]
    || array(select 'role:' || held from unnest(m.business_roles) held)
    || array(select 'team:' || t.id from teams t where t.organization_id = p_org and m.user_id = any(t.member_ids))
    || case when exists (select from business_roles b where b.organization_id = p_org and b.slug = m.role) then '{}'
            else array['role:' || m.role] end
  from memberships m join users u on u.id = m.user_id
  where m.organization_id = p_org and u.deactivated_at is null
$$;
