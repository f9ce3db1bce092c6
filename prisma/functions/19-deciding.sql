-- Who decided another step of a run, or of the runs that it was restored from, or is about to.
create or replace function decided_before(p_org uuid, p_run uuid, p_node text) returns table (people text[])
language sql stable as $$
  with recursive line as (
    select id, restored_from from runs where organization_id = p_org and id = p_run
    union
    select source.id, source.restored_from from line join runs source on source.id = line.restored_from and source.organization_id = p_org
  ), word as (
    select w.* from line join waitpoints w on w.run_id = line.id
    where w.kind = 'approval' and w.node_id <> p_node and w.status in ('open', 'resolved')
  )
  select known_as(p_org, array(
    select distinct person from (
      select resolved_by_id::text as person from word where outcome in ('approved', 'rejected')
      union select resolution->'onBehalfOf'->>'id' from word where outcome in ('approved', 'rejected')
      union select jsonb_array_elements_text(v->'people') from word, jsonb_array_elements(word.votes) v
      union select given_decision->>'byId' from word where given_decision is not null
      union select given_decision->'resolution'->'onBehalfOf'->>'id' from word where given_decision is not null
    ) decided where person is not null))
$$;

-- How many must approve each of these, and how many still can. `p_vote`: as if this were said already, of one of them.
-- people: those who may answer and are asked. waiting: of them, whose word may still come; free: how many. approved: words for it.
-- needed: how many it takes in all. missing: how many of those who are asked now are needed yet. before: who decided another step,
-- where nobody decides twice. Whose word counts is fixed by the first one (`voters`). A test is decided by its tester alone.
create or replace function deciding(p_org uuid, p_ids uuid[], p_vote jsonb default '[]')
returns table (id uuid, people text[], free int, approved int, needed int, missing int, before text[], waiting text[])
language plpgsql stable as $$
#variable_conflict use_column
begin
  -- In this language its plan is kept from call to call.
  return query
  with item as materialized (
    select w.id, w.run_id, w.node_id, w.assignees, w.votes || p_vote as votes, w.voters::text[] as voters,
      case when r.test then 'any' else coalesce(w.request->'quorum'->>'mode', 'any') end as mode,
      (w.request->'quorum'->>'n')::numeric as n, jsonb_array_length(coalesce(w.request->'quorum'->'stages', '[0]')) as stages,
      not r.test and coalesce((w.request->'policy'->>'requesterCannotApprove')::boolean, false) as four_eyes,
      not r.test and coalesce((w.request->'policy'->>'neverTwice')::boolean, false) as never_twice
    from waitpoints w join runs r on r.id = w.run_id
    where w.organization_id = p_org and w.id = any(p_ids) and w.kind = 'approval'
  ), person as materialized (
    select * from everybody_asked(p_org, p_ids)
  ), asked as materialized (
    -- Many questions are asked of the same people: those are looked for once.
    select same.assignees, array(
      select p.user_id::text from person p where p.role = any(answering_roles('approval')) and p.refs && same.assignees) as people
    from (select distinct i.assignees from item i) same
  ), barred as (
    select i.*, asked.people, coalesce(q.is_known, false) as is_known, coalesce(d.people, '{}') as before,
      coalesce(q.people, '{}') || coalesce(d.people, '{}') as barred,
      known_as(p_org, array(select jsonb_array_elements_text(v->'people') from jsonb_array_elements(i.votes) v)) as spoken,
      array(select v->>'voter' from jsonb_array_elements(i.votes) v) as spoke_for
    from item i join asked on asked.assignees = i.assignees
    left join requesters_of(p_org, array(select distinct run_id from item where four_eyes)) q on i.four_eyes and q.run_id = i.run_id
    left join lateral decided_before(p_org, i.run_id, i.node_id) d on i.never_twice
  ), pool as (
    select b.*, array(select unnest(b.people) except select unnest(b.barred) except select unnest(b.spoken)) as open
    from barred b
  ), counted as (
    select p.*, (select count(*)::int from jsonb_array_elements(p.votes) v where v->>'decision' = 'approved') as yes,
      case when p.voters = '{}' then p.open else array(select o from unnest(p.open) o where o = any(p.voters)) end as waiting,
      case when p.voters = '{}' then cardinality(p.open) + cardinality(p.spoke_for) else cardinality(p.voters) end as electorate
    from pool p
  ), asking as (
    select c.*, greatest(
      case c.mode when 'all' then c.electorate when 'percent' then ceil(c.n * c.electorate / 100)::int when 'count' then ceil(c.n)::int
        when 'sequence' then c.stages else 1 end,
      case when c.four_eyes and not c.is_known then 2 else 1 end) as needed
    from counted c
  )
  select a.id, a.people, cardinality(a.waiting), a.yes, a.needed,
    case when a.mode = 'sequence' and a.stages > 1 then 1 else greatest(a.needed - a.yes, 0) end, a.before, a.waiting
  from asking a;
end $$;
