-- Whoever is asked is told. What opens, is given to others, or is due soon puts an event into the outbox, in the transaction that caused it; the
-- worker tells people outside of it (server/modules/notices). A test asks its tester alone, who sees it; what names nobody tells nobody.
create or replace function waitpoint_tells() returns trigger language plpgsql as $$
declare
  v_facts jsonb := jsonb_build_object('waitpointId', new.id, 'organizationId', new.organization_id);
  v_id uuid := gen_random_uuid();
begin
  if not exists (select from runs where id = new.run_id and not test) then return null; end if;
  if tg_op = 'UPDATE' then
    -- Those who were asked before are not told again. In a sequence it is the turn of the next ones.
    v_facts := v_facts || jsonb_build_object('reason', case when new.votes = old.votes then 'reassigned' else 'asked' end, 'stage', v_id, 'before', old.assignees);
  else
    v_facts := v_facts || jsonb_build_object('reason', case when new.request->>'escalated' = 'true' then 'escalated' else 'asked' end, 'stage', '');
  end if;
  insert into event_outbox (id, name, data, dedupe_id, fair_key)
  values (v_id, 'people/asked', v_facts, 'asked:' || v_id, new.organization_id::text);
  if tg_op = 'UPDATE' and new.votes = old.votes and exists (select from unnest(old.assignees) ref where ref like 'email:%' and ref <> all(new.assignees)) then
    insert into event_outbox (id, name, data, dedupe_id, fair_key)
    values (gen_random_uuid(), 'people/asked', v_facts - 'before' || jsonb_build_object('reason', 'taken_off'), 'taken_off:' || v_id, new.organization_id::text);
  end if;
  if tg_op = 'INSERT' then
    insert into event_outbox (id, name, data, dedupe_id, due_at, fair_key)
    select reminder_event(new.id, at), 'people/asked', v_facts || jsonb_build_object('reason', 'reminder', 'stage', at),
      'reminder:' || new.id || ':' || at, at::timestamptz, new.organization_id::text
    from reminders_of(new.request) as at where at::timestamptz > now();
  end if;
  perform pg_notify('hp_events', '');
  return null;
end $$;

-- When those who are asked are reminded, as the request froze it (steps/approval/reminders.ts).
create or replace function reminders_of(p_request jsonb) returns setof text
language sql immutable as $$
  select distinct jsonb_array_elements_text(case when jsonb_typeof(p_request->'remindAt') = 'array' then p_request->'remindAt' else '[]' end)
$$;

-- The event of a reminder: found again by its name.
create or replace function reminder_event(p_waitpoint uuid, p_at text) returns uuid
language sql immutable as $$
  select md5('reminder:' || p_waitpoint || ':' || p_at)::uuid
$$;

create or replace trigger waitpoint_tells
  after insert on waitpoints
  for each row when (new.status = 'open' and new.kind in ('approval', 'form', 'handoff') and new.assignees <> '{}')
  execute function waitpoint_tells();

create or replace trigger waitpoint_tells_others
  after update of assignees on waitpoints
  for each row when (new.status = 'open' and new.kind in ('approval', 'form', 'handoff') and new.assignees <> '{}'
    and new.assignees is distinct from old.assignees)
  execute function waitpoint_tells();

-- Once it is answered, nobody is reminded.
create or replace function waitpoint_reminds_no_more() returns trigger language plpgsql as $$
begin
  delete from event_outbox where id = any(array(select reminder_event(new.id, at) from reminders_of(new.request) as at));
  return null;
end $$;

create or replace trigger waitpoint_reminds_no_more
  after update of status on waitpoints
  for each row when (old.status = 'open' and new.status <> 'open' and new.request ? 'remindAt')
  execute function waitpoint_reminds_no_more();

-- Those who are asked at this moment: its assignees with the right to answer; of an approval those whose word may still come, so nobody who asked for
-- it under four eyes or has spoken, and those who may answer in their name. Nobody where it is answered, also where that can still be taken back.
create or replace function asked_now(p_org uuid, p_waitpoint uuid) returns table (user_id uuid, refs text[])
language sql stable as $$
  with item as materialized (
    select w.id, w.kind, w.assignees
    from waitpoints w join runs r on r.id = w.run_id
    where w.organization_id = p_org and w.id = p_waitpoint and w.status = 'open' and w.given_decision is null
      and w.kind in ('approval', 'form', 'handoff') and not r.test
      -- The customer's to answer.
      and not (w.kind = 'form' and r.conversation_id is not null and coalesce(w.request->>'deliverTo' = 'conversation', false))
  )
  select p.user_id, p.refs
  from item i join everybody_asked(p_org, array[p_waitpoint]) p on p.refs && i.assignees and p.role = any(answering_roles(i.kind))
  left join deciding(p_org, array(select a.id from item a where a.kind = 'approval')) d on d.id = i.id
  where i.kind <> 'approval' or p.user_id::text = any(d.waiting)
  union
  select g.to_id, g.refs from item i join stand_ins(p_org, array[p_waitpoint]) g on g.id = i.id
$$;

-- Those outside who were told of this and are asked no more, nor have had their say.
create or replace function taken_off(p_org uuid, p_waitpoint uuid) returns table (user_id uuid, refs text[])
language sql stable as $$
  select o.id, array['email:' || o.address]
  from waitpoints w join outside_people o on o.organization_id = p_org
  where w.organization_id = p_org and w.id = p_waitpoint and w.status = 'open'
    and o.id = any(array(select n.user_id from notices n where n.waitpoint_id = p_waitpoint)) and not outside_may_look(w, o)
$$;

-- Whom a reason tells: of a question whoever it is asked of, of its answer whoever asked it, else those who are asked to decide.
create or replace function told_of(p_org uuid, p_waitpoint uuid, p_reason text) returns table (user_id uuid, refs text[])
language sql stable as $$
  select p.user_id, p.refs
  from waitpoints w join people_asked_as(p_org) p
    on p.user_id = case p_reason when 'question' then w.question_for when 'answered' then (w.questions->-1->>'by')::uuid end
  where w.organization_id = p_org and w.id = p_waitpoint and w.status = 'open' and w.given_decision is null
  union all
  select t.user_id, t.refs from taken_off(p_org, p_waitpoint) t where p_reason = 'taken_off'
  union all
  select a.user_id, a.refs from asked_now(p_org, p_waitpoint) a where p_reason not in ('question', 'answered', 'taken_off')
$$;

-- Writes a notice for each of them, and a mail where they want one: `each` request at once, or only what is `urgent`, reminders and
-- escalations. The same call once more adds nothing. `a`: { reason, stage, before, headline, cameFrom, subject, body, link, decide }, where
-- the body has "{link}" in the place of the link: for approvals `decide` and a token of each person's own. People outside get `outside`: { subject, body }. Gives how many were told.
create or replace function tell_people(p_org uuid, p_waitpoint uuid, a jsonb) returns int
language plpgsql as $$
declare
  v_told int;
begin
  with told as (
    insert into notices (id, organization_id, user_id, kind, reason, stage, waitpoint_id, run_id, headline, came_from, due_at)
    select gen_random_uuid(), p_org, p.user_id, w.kind, a->>'reason', a->>'stage', w.id, w.run_id, a->>'headline',
      array(select jsonb_array_elements_text(a->'cameFrom')), w.due_at
    from told_of(p_org, p_waitpoint, a->>'reason') p join waitpoints w on w.id = p_waitpoint
    where not p.refs && array(select jsonb_array_elements_text(a->'before'))
    on conflict (waitpoint_id, user_id, reason, stage) do nothing
    returning user_id, run_id, kind
  ), mailed_outside as materialized (
    -- Nothing to choose there: without the mail they are not asked.
    select told.run_id, told.user_id, o.address, replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '') as token
    from told join outside_people o on o.id = told.user_id and o.organization_id = p_org
  ), mailed as materialized (
    -- 244 random bits.
    select told.user_id, told.run_id, told.kind, u.email, replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '') as token
    from told join users u on u.id = told.user_id
    left join notice_preferences wish on wish.organization_id = p_org and wish.user_id = told.user_id
    where case coalesce(wish.email, 'each') when 'each' then true when 'urgent' then a->>'reason' in ('reminder', 'escalated') else false end
  ), linked as (
    -- A personal link; what stands here opens nothing.
    insert into decision_links (token_hash, organization_id, waitpoint_id, run_id, user_id, expires_at)
    select encode(sha256(convert_to(token, 'UTF8')), 'hex'), p_org, p_waitpoint, run_id, user_id, now() + interval '30 days'
    from mailed where kind = 'approval' and a->>'reason' <> 'question'
    union all
    select encode(sha256(convert_to(token, 'UTF8')), 'hex'), p_org, p_waitpoint, run_id, user_id, now() + interval '30 days'
    from mailed_outside where a->>'reason' <> 'taken_off'
  ), sent as (
    insert into deliveries (id, organization_id, run_id, kind, channel, address, subject, body)
    select gen_random_uuid(), p_org, run_id, 'message', 'email', email, a->>'subject',
      replace(a->>'body', '{link}', case when kind = 'approval' and a->>'reason' <> 'question' then a->>'decide' || token else a->>'link' end)
    from mailed
    union all
    select gen_random_uuid(), p_org, run_id, 'message', 'email', address, a->'outside'->>'subject',
      replace(a->'outside'->>'body', '{link}', a->>'decide' || token)
    from mailed_outside
    returning id
  ), requested as (
    insert into event_outbox (id, name, data, dedupe_id, fair_key)
    select gen_random_uuid(), 'delivery/requested', jsonb_build_object('deliveryId', id), 'delivery:' || id, p_org::text from sent
  )
  select count(*)::int into v_told from told;
  if v_told > 0 then
    perform pg_notify('hp_events', '');
    perform pg_notify('hp_live', jsonb_build_object('organizationId', p_org, 'kinds', jsonb_build_array('notices'))::text);
  end if;
  return v_told;
end $$;
