-- What people asked for, and how long it takes as a rule.
create index if not exists runs_asked_open on runs (organization_id, initiated_by, created_at desc, id desc) where initiated_by is not null and not test and ended_at is null;
create index if not exists runs_asked_over on runs (organization_id, initiated_by, created_at desc, id desc) where initiated_by is not null and not test and ended_at is not null;
-- Its order is one that no other index has: the one over the whole organization would be read to its end for a workflow that is seldom run.
create index if not exists waitpoints_answered on waitpoints (organization_id, workflow_id, node_id, (coalesce(resolved_at, created_at)) desc)
  where status = 'resolved' and kind in ('approval', 'form', 'handoff') and resolved_via in ('ui', 'api', 'link');

-- How long the last 200 waits of these steps took that a person answered, whatever the version: the median, ms, without the time in which
-- the requester was asked back. No row where there are fewer than five. It reads at most 400 rows a step, however long the history is.
create or replace function usual_waits(p_org uuid, p_workflows uuid[], p_nodes text[])
returns table (workflow_id uuid, node_id text, usual_ms bigint) language sql stable as $$
  select asked.workflow_id, asked.node_id, percentile_cont(0.5) within group (order by took.ms)::bigint
  from (select distinct pair.workflow_id, pair.node_id from unnest(p_workflows, p_nodes) as pair(workflow_id, node_id)) asked
  cross join lateral (
    select newest.ms from (
      select w.run_id, coalesce(w.resolved_at, w.created_at) as at, greatest(0, extract(epoch from w.resolved_at - w.created_at) * 1000 - w.paused_ms) as ms from waitpoints w
      where w.organization_id = p_org and w.workflow_id = asked.workflow_id and w.node_id = asked.node_id
        and w.status = 'resolved' and w.kind in ('approval', 'form', 'handoff') and w.resolved_via in ('ui', 'api', 'link')
      order by coalesce(w.resolved_at, w.created_at) desc limit 400
    ) newest
    join runs r on r.id = newest.run_id and not r.test
    order by newest.at desc limit 200
  ) took
  group by asked.workflow_id, asked.node_id having count(*) >= 5
$$;

-- What a member asked for: what is open first, then what is over, each newest first, from a place on. `p_look`: where words are looked for,
-- that many of the newest of each are looked through. Sensitive values are not looked for.
create or replace function asked_by(p_org uuid, p_user uuid, p_text text, p_open_before timestamptz, p_open_id uuid,
  p_over_before timestamptz, p_over_id uuid, p_look int, p_limit int)
returns table (id uuid, is_over boolean, created_at timestamptz) language sql stable as $$
  select mine.id, mine.is_over, mine.created_at from (
    (select r.id, false as is_over, r.created_at, r.workflow_id, r.version_id, r.subject, r.input from runs r
     where r.organization_id = p_org and r.initiated_by = p_user and r.initiated_by is not null and not r.test and r.ended_at is null
       and (r.created_at, r.id) < (p_open_before, p_open_id)
     order by r.created_at desc, r.id desc limit p_look)
    union all
    (select r.id, true, r.created_at, r.workflow_id, r.version_id, r.subject, r.input from runs r
     where r.organization_id = p_org and r.initiated_by = p_user and r.initiated_by is not null and not r.test and r.ended_at is not null
       and (r.created_at, r.id) < (p_over_before, p_over_id)
     order by r.created_at desc, r.id desc limit p_look)
  ) mine
  where p_text is null
    or exists (select from workflows w where w.id = mine.workflow_id and w.organization_id = p_org and w.name ilike p_text)
    or ((mine.subject ilike p_text or mine.input::text ilike p_text)
      and not exists (select from workflow_versions v where v.id = mine.version_id and v.spec::text like '%sensitive"%'))
  order by mine.is_over, mine.created_at desc, mine.id desc limit p_limit
$$;
