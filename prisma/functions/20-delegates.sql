-- Whoever is asked may give a question to a colleague of their choice. It stays theirs: the colleague decides it in their name, as
-- one word of the two, and nobody counts twice by it. Kept with the question (`delegations`).

-- Who of the others could decide this in the name of p_from, and why not: may_not_decide, asked (now, or later in a sequence), requester, decided_before,
-- spoken, has_another (somebody gave it to them already). Null: they could.
create or replace function delegates_for(p_org uuid, p_waitpoint uuid, p_from uuid) returns table (user_id uuid, why text)
language sql stable as $$
  with item as materialized (
    select w.run_id, w.assignees || array(select jsonb_array_elements_text(
        case when jsonb_typeof(w.request->'quorum'->'stages') = 'array' then w.request->'quorum'->'stages' else '[]' end)) as asked,
      w.votes, w.delegations, coalesce(d.before, '{}') as before,
      coalesce((w.request->'policy'->>'requesterCannotApprove')::boolean, false) as four_eyes
    from waitpoints w left join deciding(p_org, array[p_waitpoint]) d on d.id = w.id
    where w.organization_id = p_org and w.id = p_waitpoint and w.kind = 'approval'
  ), requester as materialized (
    select unnest(q.people) as person from requesters_of(p_org, array(select run_id from item where four_eyes)) q
  )
  select p.user_id, case
    when p.role <> all(answering_roles('approval')) then 'may_not_decide'
    when p.refs && i.asked then 'asked'
    when exists (select from requester r where r.person = p.user_id::text) then 'requester'
    when p.user_id::text = any(i.before) then 'decided_before'
    when exists (select from jsonb_array_elements(i.votes) v where v->'people' ? p.user_id::text) then 'spoken'
    when exists (select from jsonb_array_elements(i.delegations) g where p.user_id::text in (g->>'to', g->>'from')) then 'has_another' end
  from item i cross join people_asked_as(p_org) p
  where p.user_id <> p_from
$$;

drop function if exists delegates_now(uuid, uuid);
drop function if exists delegated_to(uuid, text);

-- The one rule of who may answer these now in whose name: to whom it was given, as long as that person is asked and their word may come, and deputies.
create or replace function stand_ins(p_org uuid, p_ids uuid[], p_at timestamptz default now())
returns table (id uuid, to_id uuid, refs text[], from_id uuid, is_away boolean, until_at timestamptz)
language sql stable as $$
  with given as materialized (
    select w.id, (g->>'to')::uuid as to_id, g->>'from' as from_id
    from waitpoints w cross join jsonb_array_elements(w.delegations) g
    where w.organization_id = p_org and w.id = any(p_ids) and w.status = 'open' and w.delegations <> '[]'
  )
  select g.id, p.user_id, p.refs, g.from_id::uuid, false, null::timestamptz
  from given g
  join people_asked_as(p_org) p on p.user_id = g.to_id and p.role = any(answering_roles('approval'))
  join deciding(p_org, array(select distinct id from given)) d on d.id = g.id and g.from_id = any(d.waiting)
  union all
  select d.id, d.to_id, d.refs, d.from_id, true, d.until_at from deputies(p_org, p_ids, p_at) d
$$;

-- What waits for this person because it was given to them, or because those are away whose deputy they are.
create or replace function answered_for_others(p_org uuid, p_user text) returns setof uuid
language sql stable as $$
  select s.id
  from stand_ins(p_org, array(
    select w.id from waitpoints w
    where w.organization_id = p_org and w.status = 'open' and w.delegations <> '[]'
      and w.delegations @> jsonb_build_array(jsonb_build_object('to', p_user))
    union
    select w.id from waitpoints w
    where w.organization_id = p_org and w.status = 'open' and w.kind in ('approval', 'form', 'handoff') and w.assignees && array(
      select unnest(p.refs) from away_at(p_org, now()) a join people_asked_as(p_org) p on p.user_id = a.user_id
      where a.deputy_id = p_user::uuid))) s
  where s.to_id = p_user::uuid
$$;

-- Gives it to a colleague. `a`: { org, id, from, fromName, to, toName, reason, stands, actor, proof }, with `stands` as for `stands`. What stands against it is
-- said as { ok: false, reason }: beside those of delegates_for not_found, closed, test, changed, not_asked, given (to somebody already), chain, not_a_member.
create or replace function delegate_approval(a jsonb) returns jsonb
language plpgsql as $$
declare
  v_org uuid := (a->>'org')::uuid;
  v_run runs%rowtype;
  v_wp waitpoints%rowtype;
  v_other record;
  v_id uuid := gen_random_uuid();
  v_given jsonb;
begin
  perform pg_advisory_xact_lock_shared(asking_lock(v_org));
  select r.* into v_run from runs r
  where r.id = (select run_id from waitpoints where id = (a->>'id')::uuid and organization_id = v_org) and r.organization_id = v_org
  for no key update;
  if not found then return jsonb_build_object('ok', false, 'reason', 'not_found'); end if;
  select * into v_wp from waitpoints where id = (a->>'id')::uuid and kind = 'approval';
  if not found then return jsonb_build_object('ok', false, 'reason', 'not_found'); end if;
  if v_wp.status <> 'open' or v_wp.given_decision is not null then return jsonb_build_object('ok', false, 'reason', 'closed'); end if;
  if v_run.test then return jsonb_build_object('ok', false, 'reason', 'test'); end if;
  if not stands(v_org, a->'stands') then return jsonb_build_object('ok', false, 'reason', 'changed'); end if;
  if exists (select from jsonb_array_elements(v_wp.delegations) g where g->>'from' = a->>'from') then
    return jsonb_build_object('ok', false, 'reason', 'given');
  end if;
  if exists (select from jsonb_array_elements(v_wp.delegations) g where g->>'to' = a->>'from') then
    return jsonb_build_object('ok', false, 'reason', 'chain');
  end if;
  if not exists (select from deciding(v_org, array[v_wp.id]) d where a->>'from' = any(d.waiting)) then
    return jsonb_build_object('ok', false, 'reason', 'not_asked');
  end if;
  select * into v_other from delegates_for(v_org, v_wp.id, (a->>'from')::uuid) f where f.user_id = (a->>'to')::uuid;
  if not found or v_other.why is not null then
    return jsonb_build_object('ok', false, 'reason', coalesce(v_other.why, 'not_a_member'));
  end if;
  v_given := jsonb_build_object('from', a->'from', 'fromName', a->'fromName', 'to', a->'to', 'toName', a->'toName', 'reason', a->'reason',
    'at', iso_text(now()));
  update waitpoints set delegations = delegations || jsonb_build_array(v_given) where id = v_wp.id;
  perform say_of_delegation(v_wp, v_run, 'delegated', v_given, a->'actor', a->'proof');
  insert into event_outbox (id, name, data, dedupe_id, fair_key)
  values (v_id, 'people/asked', jsonb_build_object('waitpointId', v_wp.id, 'organizationId', v_org, 'reason', 'delegated', 'stage', v_id, 'from', jsonb_build_array(a->'fromName'),
    'before', to_jsonb(v_wp.assignees || array(select 'user:' || (g->>'to') from jsonb_array_elements(v_wp.delegations) g))),
    'asked:' || v_id, v_org::text);
  perform pg_notify('hp_events', '');
  return jsonb_build_object('ok', true);
end $$;

-- Whoever gave it takes it back, as long as nobody has decided. `a`: { org, id, from, actor, proof }.
create or replace function end_delegation(a jsonb) returns jsonb
language plpgsql as $$
declare
  v_org uuid := (a->>'org')::uuid;
  v_run runs%rowtype;
  v_wp waitpoints%rowtype;
  v_given jsonb;
begin
  select r.* into v_run from runs r
  where r.id = (select run_id from waitpoints where id = (a->>'id')::uuid and organization_id = v_org) and r.organization_id = v_org
  for no key update;
  if not found then return jsonb_build_object('ok', false, 'reason', 'not_found'); end if;
  select * into v_wp from waitpoints where id = (a->>'id')::uuid and kind = 'approval';
  if not found then return jsonb_build_object('ok', false, 'reason', 'not_found'); end if;
  if v_wp.status <> 'open' or v_wp.given_decision is not null then return jsonb_build_object('ok', false, 'reason', 'closed'); end if;
  select g into v_given from jsonb_array_elements(v_wp.delegations) g where g->>'from' = a->>'from';
  if not found then return jsonb_build_object('ok', false, 'reason', 'none'); end if;
  update waitpoints set delegations = delegations - (
    select (g.at - 1)::int from jsonb_array_elements(delegations) with ordinality g(value, at) where g.value->>'from' = a->>'from')
  where id = v_wp.id;
  perform say_of_delegation(v_wp, v_run, 'delegation_ended', v_given, a->'actor', a->'proof');
  return jsonb_build_object('ok', true);
end $$;

-- In the record, the history, and on open pages. The caller holds the lock of the run's row.
create or replace function say_of_delegation(p_wp waitpoints, p_run runs, p_what text, p_given jsonb, p_actor jsonb, p_proof jsonb) returns void
language plpgsql as $$
begin
  perform put_audit(p_run.organization_id, p_actor, p_proof, 'approval.' || p_what, 'approval', p_wp.id::text,
    jsonb_build_object('runId', p_run.id, 'nodeId', p_wp.node_id, 'from', p_given->'from', 'to', p_given->'to', 'reason', p_given->'reason'), payload_hash(p_wp.request));
  perform put_run_events(p_run.id, p_run.organization_id, jsonb_build_array(jsonb_build_object('type', 'approval.' || p_what, 'actor', p_actor,
    'data', step_name(p_run.id, p_wp.key) || jsonb_strip_nulls(jsonb_build_object('node_id', p_wp.node_id, 'waitpoint_id', p_wp.id,
      'to', jsonb_build_array(p_given->'toName'), 'comment', p_given->'reason')))));
  perform pg_notify('hp_live', jsonb_build_object('organizationId', p_run.organization_id, 'runIds', jsonb_build_array(p_run.id), 'kinds', jsonb_build_array('run'))::text);
end $$;
