-- People without an account, whom an approval with `outside` asks by their address: `email:<lower-cased address>` among its assignees. Each has one row
-- per organization, whose id counts where a member's does: in votes, voters, decisions and links.

-- Keeps a row for everybody whom this asks from outside, now or later in a sequence. Who is asked again is tried again, whatever became of mails before.
create or replace function keep_outside(p_wp waitpoints) returns void
language plpgsql as $$
declare
  v_refs text[] := p_wp.assignees || array(select jsonb_array_elements_text(
    case when jsonb_typeof(p_wp.request->'quorum'->'stages') = 'array' then p_wp.request->'quorum'->'stages' else '[]' end));
begin
  if not coalesce(p_wp.request @> '{"outside": true}', false) then return; end if;
  insert into outside_people (id, organization_id, address, plain)
  select gen_random_uuid(), p_wp.organization_id, address, plain_address(address)
  from (select distinct substr(ref, 7) as address from unnest(v_refs) ref where ref like 'email:%' order by 1) asked
  on conflict (organization_id, address) do update set unreachable_at = null where outside_people.unreachable_at is not null;
end $$;

-- Those outside whom these ask at this moment, as people_asked_as says it of members: they answer approvals as approvers do.
create or replace function outside_asked(p_org uuid, p_ids uuid[]) returns table (user_id uuid, role text, refs text[])
language plpgsql stable as $$
#variable_conflict use_column
declare
  v_addresses text[] := array(
    select distinct substr(ref, 7) from waitpoints w cross join unnest(w.assignees) ref
    where w.organization_id = p_org and w.id = any(p_ids) and w.kind = 'approval' and ref like 'email:%' and w.request @> '{"outside": true}');
begin
  if v_addresses = '{}' then return; end if;
  return query
  select o.id, 'approver', array['email:' || o.address]
  from outside_people o
  where o.organization_id = p_org and o.address = any(v_addresses) and o.unreachable_at is null and not is_member_address(p_org, o.address);
end $$;

-- Members and those outside whom these ask.
create or replace function everybody_asked(p_org uuid, p_ids uuid[]) returns table (user_id uuid, role text, refs text[])
language sql stable as $$
  select * from people_asked_as(p_org) union all select * from outside_asked(p_org, p_ids)
$$;

-- The same people under all ids that they have here: as members, and by each of their addresses.
create or replace function known_as(p_org uuid, p_people text[]) returns text[]
language plpgsql stable as $$
begin
  if p_people = '{}' or not exists (select from outside_people where organization_id = p_org) then return p_people; end if;
  return array(
    with outside as (
      select o.plain from outside_people o where o.organization_id = p_org and o.id = any(p_people::uuid[])
    ), address as (
      select plain from outside union select plain_address(u.email) from users u where u.id = any(p_people::uuid[])
    )
    select unnest(p_people)
    union select o.id::text from outside_people o join address a on a.plain = o.plain where o.organization_id = p_org
    -- Members with the same mailbox stay as many as they are.
    union select u.id::text from memberships m join users u on u.id = m.user_id
      where m.organization_id = p_org and plain_address(u.email) in (select plain from outside));
end $$;

-- Those outside whose address the run knows as that of whoever asked: typed as `requestedBy`, or its contact's.
create or replace function outside_requesters(p_org uuid, p_runs uuid[]) returns table (run_id uuid, person text)
language sql stable as $$
  select r.id, o.id::text
  from runs r left join contacts c on c.id = r.contact_id and c.organization_id = r.organization_id
  join outside_people o on o.organization_id = p_org and o.plain in (plain_address(r.requested_by), plain_address(c.email))
  where r.organization_id = p_org and r.id = any(p_runs)
$$;

-- Whether a link of somebody outside still leads to its question: they are asked, now or in turn, or have had their say.
create or replace function outside_may_look(p_wp waitpoints, p_person outside_people) returns boolean
language sql stable as $$
  select coalesce('email:' || p_person.address = any(p_wp.assignees), false)
    or coalesce(p_wp.request->'quorum'->'stages' ? ('email:' || p_person.address), false)
    or exists (select from jsonb_array_elements(p_wp.votes) v where v->>'byId' = p_person.id::text)
    or coalesce(p_wp.resolved_by_id = p_person.id, false)
$$;
