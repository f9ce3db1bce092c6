-- Whether somebody still has what an act asks for, as the database knows it in this moment: processes remember people and keys for up
-- to a second. `a`: { user, key, session, roles, scopes }. Key and session are null where the act came by none.
-- Somebody outside may decide, and nothing else.
create or replace function stands(p_org uuid, a jsonb) returns boolean
language sql stable as $$
  select a @> '{"scopes": ["approvals:decide"]}' and jsonb_array_length(a->'scopes') = 1 and a->>'key' is null and a->>'session' is null
    and exists (select from outside_people o
      where o.organization_id = p_org and o.id = (a->>'user')::uuid and not is_member_address(p_org, o.address))
  or exists (
    select from memberships m join users u on u.id = m.user_id
    where m.organization_id = p_org and m.user_id = (a->>'user')::uuid and u.deactivated_at is null
      and m.role = any(array(select jsonb_array_elements_text(a->'roles'))))
    and (a->>'key' is null or exists (
      select from api_keys k where k.id = (a->>'key')::uuid and k.organization_id = p_org and k.revoked_at is null
        and (k.expires_at is null or k.expires_at > now()) and to_jsonb(k.scopes) @> (a->'scopes')))
    and (a->>'session' is null or exists (
      select from user_sessions s where s.id = (a->>'session')::uuid and s.ended_at is null and s.expires_at > now()))
$$;

-- Why a decision that was checked a moment ago counts no more; null: it counts. `a`: as for `stands`, and { assignees, principal }: who
-- was asked when it was checked, and in whose name it is decided; `delegated`: because that person gave it to whoever decides, or is away; `at`: when it was
-- given, where that was before: what was begun while somebody was away counts when they are back. The caller holds the lock of the run's row, and shared that of
-- the people.
create or replace function decision_refusal(p_org uuid, p_waitpoint uuid, a jsonb) returns jsonb
language plpgsql stable as $$
declare
  v_wp waitpoints%rowtype;
begin
  select * into v_wp from waitpoints where id = p_waitpoint and status = 'open';
  -- Whoever was first is said by what resolves it.
  if not found then return null; end if;
  if v_wp.assignees is distinct from array(select jsonb_array_elements_text(a->'assignees')) then
    return jsonb_build_object('ok', false, 'reason', 'given_away', 'to', v_wp.assignees);
  end if;
  -- Whoever gave it to this person has taken that back, or whom they answered for is back.
  if a ? 'delegated' and not v_wp.delegations @> jsonb_build_array(jsonb_build_object('from', a->'principal', 'to', a->'user'))
    and not exists (select from deputies(p_org, array[v_wp.id], coalesce((a->>'at')::timestamptz, now())) d
      where d.from_id = (a->>'principal')::uuid and d.to_id = (a->>'user')::uuid) then
    return jsonb_build_object('ok', false, 'reason', 'not_asked');
  end if;
  if not stands(p_org, a) then
    return jsonb_build_object('ok', false, 'reason', 'changed');
  end if;
  if not exists (
    select from everybody_asked(p_org, array[v_wp.id]) p
    where p.user_id = coalesce(a->>'principal', a->>'user')::uuid and p.role = any(answering_roles(v_wp.kind)) and p.refs && v_wp.assignees)
  then
    return jsonb_build_object('ok', false, 'reason', 'not_asked');
  end if;
  return null;
end $$;
