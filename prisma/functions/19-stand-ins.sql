-- Somebody is away, and a deputy answers in their name what is asked of them meanwhile: exactly as a colleague to whom they gave it, and for as long as
-- they are away. Nobody becomes an assignee by it, so that counting (`deciding`) knows nothing of it.

-- Who is away at a time, whatever for.
create or replace function away_at(p_org uuid, p_at timestamptz) returns setof absences
language sql stable as $$
  select * from absences
  where organization_id = p_org and from_at <= p_at and (until_at is null or until_at > p_at) and (ended_at is null or ended_at > p_at)
$$;

-- Whether an approval shows no amount but such as a deputy may decide. One that was asked by a version that kept no amounts, or shows one in another or an
-- unknown currency, is nobody's who has a limit.
create or replace function within_limit(p_request jsonb, p_limit numeric, p_currency text) returns boolean
language sql immutable as $$
  select p_limit is null or jsonb_typeof(p_request->'amounts') is not distinct from 'array' and not exists (
    select from jsonb_array_elements(case jsonb_typeof(p_request->'amounts') when 'array' then p_request->'amounts' else '[]' end) shown
    where shown->>'currency' is distinct from p_currency or (shown->>'amount')::numeric > p_limit)
$$;

-- Who may answer which of these in whose name at a time, because those are away. Of what is asked of a role or team nothing is passed on as long as
-- somebody else of it is there whose word may come. Left out, as for whom it could be given to (delegates_for): who is asked themselves, now or later in a
-- sequence, who asked for it under four eyes, who has spoken, or decided another step where nobody decides twice. Who is away passes on what is asked of
-- them alone, not what they are to answer for others.
create or replace function deputies(p_org uuid, p_ids uuid[], p_at timestamptz default now())
returns table (id uuid, to_id uuid, refs text[], from_id uuid, until_at timestamptz)
language plpgsql stable as $$
#variable_conflict use_column
begin
  if p_ids = '{}' or not exists (select from away_at(p_org, p_at) where deputy_id is not null) then return; end if;
  return query
  with away as materialized (
    select * from away_at(p_org, p_at)
  ), person as materialized (
    select p.user_id, p.role, p.refs, p.user_id in (select user_id from away) as is_away from people_asked_as(p_org) p
  ), item as materialized (
    select w.id, w.run_id, w.kind, w.workflow_id, w.assignees, w.request, w.votes,
      w.assignees || array(select jsonb_array_elements_text(
        case when jsonb_typeof(w.request->'quorum'->'stages') = 'array' then w.request->'quorum'->'stages' else '[]' end)) as asked,
      d.waiting, coalesce(d.before, '{}') as before,
      w.kind = 'approval' and coalesce((w.request->'policy'->>'requesterCannotApprove')::boolean, false) as four_eyes
    from waitpoints w join runs r on r.id = w.run_id left join deciding(p_org, p_ids) d on d.id = w.id
    where w.organization_id = p_org and w.id = any(p_ids) and w.status = 'open' and w.kind in ('approval', 'form', 'handoff') and not r.test
      and w.assignees && array(select unnest(p.refs) from person p where p.is_away)
      and not (w.kind = 'form' and r.conversation_id is not null and coalesce(w.request->>'deliverTo' = 'conversation', false))
  ), asked as materialized (
    select i.id, p.user_id, p.refs, p.is_away
    from item i join person p on p.refs && i.assignees and p.role = any(answering_roles(i.kind))
    where i.kind <> 'approval' or p.user_id::text = any(i.waiting)
  ), passing as (
    select i.*, a.user_id as from_id
    from item i join asked a on a.id = i.id and a.is_away
    where exists (
      select from unnest(i.assignees) ref
      where ref = any(a.refs) and (ref = 'user:' || a.user_id
        or not exists (select from asked other where other.id = i.id and not other.is_away and ref = any(other.refs))))
  )
  select p.id, d.user_id, d.refs, p.from_id, away.until_at
  from passing p
  join away on away.user_id = p.from_id and (away.workflow_ids = '{}' or p.workflow_id = any(away.workflow_ids))
    and (p.kind <> 'approval' or within_limit(p.request, away.limit_amount, away.limit_currency))
  join person d on d.user_id = away.deputy_id and d.role = any(answering_roles('approval')) and d.role = any(answering_roles(p.kind))
  left join requesters_of(p_org, array(select distinct run_id from passing where four_eyes)) q on p.four_eyes and q.run_id = p.run_id
  where not d.refs && p.asked
    and d.user_id::text <> all(coalesce(q.people, '{}') || p.before)
    and not exists (select from jsonb_array_elements(p.votes) v where v->'people' ? d.user_id::text);
end $$;
