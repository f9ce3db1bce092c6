-- What people are asked, and whether anybody is left who can answer. One rule, with that of `server/modules/approvals/policy.ts`:
-- it looks when something is asked, when one of several has decided, when it is given to others, and when people change.

-- Of people who are all not there: whether some of them are outside, and no mail reaches them.
create or replace function nobody_why(p_org uuid, p_assignees text[]) returns text
language sql stable as $$
  select case when exists (
    select from outside_people o where o.organization_id = p_org and o.unreachable_at is not null
      and o.address = any(array(select substr(ref, 7) from unnest(p_assignees) ref where ref like 'email:%'))) then 'mail_bounced' else 'nobody_left' end
$$;

-- Why nobody can decide each of these; null: somebody can. Left out: what is no question to people, or not open. A form in a
-- conversation is the customer's to answer where the run has one, and what names nobody is open to all. In a test its tester
-- stands in for everybody.
create or replace function undecidable_among(p_org uuid, p_ids uuid[]) returns table (id uuid, why text)
language plpgsql stable as $$
#variable_conflict use_column
declare
  -- Those of which more is to be known than whether anybody is there.
  v_counted uuid[] := array(select w.id from waitpoints w
    where w.organization_id = p_org and w.id = any(p_ids) and w.status = 'open' and w.kind = 'approval'
      and (w.votes <> '[]' or w.request ? 'quorum' or w.request->'policy' @> '{"requesterCannotApprove": true}' or w.request->'policy' @> '{"neverTwice": true}'));
begin
  return query
  with item as materialized (
    select w.id, w.kind, w.assignees, w.kind <> 'approval' and (w.assignees = '{}'
      or r.conversation_id is not null and coalesce(w.request->>'deliverTo' in ('conversation', 'both'), false)) as open_to_all
    from waitpoints w join runs r on r.id = w.run_id
    where w.organization_id = p_org and w.id = any(p_ids) and w.id <> all(v_counted) and w.status = 'open' and w.kind in ('approval', 'form', 'handoff')
  ), person as materialized (
    select * from everybody_asked(p_org, p_ids)
  ), answering as materialized (
    -- Many questions are asked of the same people: those are looked for once.
    select same.kind, same.assignees, exists (
      select from person p where p.role = any(answering_roles(same.kind)) and p.refs && same.assignees) as is_there
    from (select distinct i.kind, i.assignees from item i where not i.open_to_all) same
  )
  select i.id, case when not i.open_to_all and not a.is_there then nobody_why(p_org, i.assignees) end
  from item i left join answering a on a.kind = i.kind and a.assignees = i.assignees;
  if v_counted = '{}' then return; end if;
  return query
  select d.id, case
    when d.people = '{}' then nobody_why(p_org, (select w.assignees from waitpoints w where w.id = d.id))
    when d.free >= d.missing then null
    when d.free = 0 and d.approved = 0 and d.before = '{}' then 'requester_only'
    else 'too_few' end
  from deciding(p_org, v_counted) d;
end $$;

-- While questions are asked, people may change, and each must see the other. Who asks takes this shared, before any run is
-- locked; who changes people takes it alone.
create or replace function asking_lock(p_org uuid) returns bigint
language sql immutable as $$
  select hashtextextended('asking:' || p_org, 0)
$$;

-- What people call the step of a waitpoint, as its run's history says it: { name }.
create or replace function step_name(p_run uuid, p_key text) returns jsonb
language sql stable as $$
  select coalesce((select jsonb_build_object('name', name) from step_runs
    where run_id = p_run and key = p_key order by generation desc limit 1), '{}')
$$;

-- Flags those of these that nobody can decide, takes the flag off where somebody can again, and tells it: in the run's history
-- and the audit log, to subscribers, and to the owner of the workflow, in one message however many they are.
create or replace function mark_undecidable(p_org uuid, p_ids uuid[]) returns void
language plpgsql as $$
declare
  v_item record;
  v_is boolean;
  v_type text;
  v_since timestamptz := date_trunc('milliseconds', clock_timestamp());
  v_facts jsonb;
  v_told jsonb := '[]'::jsonb;
begin
  for v_item in
    select w.id, w.run_id, w.workflow_id, w.kind, w.key, w.node_id, w.assignees, w.due_at, w.undecidable_since is not null as was, s.why, r.test
    from undecidable_among(p_org, p_ids) s join waitpoints w on w.id = s.id join runs r on r.id = w.run_id
    where s.why is distinct from w.undecidable_why
    order by w.run_id, w.id
  loop
    perform from runs where id = v_item.run_id for no key update;
    update waitpoints set undecidable_why = v_item.why,
      undecidable_since = case when v_item.why is not null then coalesce(undecidable_since, v_since) end
    where id = v_item.id and status = 'open';
    v_is := v_item.why is not null;
    continue when not found or v_item.was = v_is;
    v_type := v_item.kind || case when v_is then '.undecidable' else '.decidable' end;
    v_facts := jsonb_strip_nulls(jsonb_build_object('node_id', v_item.node_id, 'waitpoint_id', v_item.id, 'why', v_item.why));
    perform put_run_events(v_item.run_id, p_org, jsonb_build_array(jsonb_build_object('type', v_type, 'data',
      v_facts || step_name(v_item.run_id, v_item.key))));
    perform put_audit(p_org, system_actor(), null, v_type, v_item.kind, v_item.id::text,
      jsonb_strip_nulls(jsonb_build_object('runId', v_item.run_id, 'nodeId', v_item.node_id, 'why', v_item.why)), null);
    perform pg_notify('hp_live', jsonb_build_object('organizationId', p_org, 'runIds', jsonb_build_array(v_item.run_id))::text);
    continue when v_item.test;
    perform put_webhook_event(p_org, v_item.run_id, null, v_type, jsonb_build_object(
      'id', v_item.id, 'kind', v_item.kind, 'run_id', v_item.run_id, 'node_id', v_item.node_id,
      'workflow', (select slug from workflows where id = v_item.workflow_id), 'assign_to', v_item.assignees,
      'why', v_item.why, 'due_at', iso_text(v_item.due_at), 'at', iso_text(v_since)),
      'waitpoint:' || v_item.id || ':' || v_type || ':' || (extract(epoch from v_since) * 1000)::bigint);
    v_told := v_told || jsonb_build_array(jsonb_build_object('workflow', v_item.workflow_id, 'is', v_is, 'run', v_item.run_id));
  end loop;
  perform tell_owner_of_undecidable(p_org, (said->>'workflow')::uuid, (said->>'is')::boolean, count(*)::int,
    case when count(*) = 1 then min(said->>'run')::uuid end)
  from jsonb_array_elements(v_told) said group by said->>'workflow', said->>'is' order by said->>'workflow', said->>'is';
end $$;

create or replace function iso_text(p_at timestamptz) returns text
language sql stable as $$
  select to_char(p_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
$$;

-- One message to the workflow's owner, or to the owners and administrators of the organization where that person has left.
create or replace function tell_owner_of_undecidable(p_org uuid, p_workflow uuid, p_is boolean, p_count int, p_run uuid) returns void
language plpgsql as $$
declare
  v_name text;
  v_owner uuid;
  v_what text := case when p_count = 1 then 'One question' else p_count || ' questions' end;
begin
  select name, owner_id into v_name, v_owner from workflows where id = p_workflow and organization_id = p_org;
  if not found then return; end if;
  with member as (
    select u.id, u.email, m.role from memberships m join users u on u.id = m.user_id
    where m.organization_id = p_org and u.deactivated_at is null
  ), told as (
    select email from member where id = v_owner
    union
    select email from member where role in ('owner', 'admin') and not exists (select from member where id = v_owner)
  ), sent as (
    insert into deliveries (id, organization_id, run_id, kind, channel, address, subject, body)
    select gen_random_uuid(), p_org, p_run, 'message', 'email', email,
      case when p_is then 'Nobody can decide: ' else 'Somebody can decide again: ' end || v_name,
      case when p_is then v_what || ' of "' || v_name || '" ' || case when p_count = 1 then 'waits' else 'wait' end
          || ' for people who cannot answer any more, because they left, lost a role, or asked for it themselves. '
          || 'Open the inbox: what nobody can decide stands on top. Reassign it, or give somebody the role.'
        else v_what || ' of "' || v_name || '" that nobody could decide can be decided again. You need not do anything.' end
    from told
    returning id
  )
  insert into event_outbox (id, name, data, dedupe_id)
  select gen_random_uuid(), 'delivery/requested', jsonb_build_object('deliveryId', id), 'delivery:' || id from sent;
  if found then perform pg_notify('hp_events', ''); end if;
end $$;

create or replace function waitpoint_asks() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock_shared(asking_lock(new.organization_id));
  perform keep_outside(new);
  perform mark_undecidable(new.organization_id, array[new.id]);
  return null;
end $$;

create or replace trigger waitpoint_asked
  after insert on waitpoints
  for each row when (new.status = 'open' and new.kind in ('approval', 'form', 'handoff'))
  execute function waitpoint_asks();

create or replace trigger waitpoint_asked_again
  after update of assignees, votes on waitpoints
  for each row when (new.status = 'open' and new.kind in ('approval', 'form', 'handoff'))
  execute function waitpoint_asks();
