-- What addresses of people say of who they are; see 18-outside.sql.

-- Whose mailbox it is: any case, and without "+tag".
create or replace function plain_address(p_address text) returns text
language sql immutable as $$
  select regexp_replace(lower(btrim(p_address)), '\+[^@]*@', '@')
$$;

-- Whether somebody active in the organization has this address: then it is that member's alone.
create or replace function is_member_address(p_org uuid, p_address text) returns boolean
language sql stable as $$
  select exists (
    select from memberships m join users u on u.id = m.user_id
    where m.organization_id = p_org and u.deactivated_at is null and lower(u.email) = p_address)
$$;
