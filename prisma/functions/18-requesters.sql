-- Those who asked for what runs do, along the whole line of runs that they were restored from: a copy is no new request. Who began
-- it (alone or with others, `begun_with`, where also stands who was shown the page of a form of it), or the run it was restored from,
-- whoever corrected its input, and whoever gave it values in a form or handoff, also whoever could have given them in somebody else's name (`known_to`). People outside by any address by which the run knows who asked. `is_known`: false where nobody can tell who began it.
create or replace function requesters_of(p_org uuid, p_runs uuid[]) returns table (run_id uuid, people text[], is_known boolean)
language sql stable as $$
  with recursive line as (
    select id as run_id, id, restored_from, initiated_by, begun_with, test from runs where organization_id = p_org and id = any(p_runs)
    union
    select line.run_id, source.id, source.restored_from, source.initiated_by, source.begun_with, source.test
    from line join runs source on source.id = line.restored_from and source.organization_id = p_org
  ), corrected as (
    select line.run_id, coalesce(event.actor->>'userId', event.actor->>'id') as person
    from line join run_events event on event.run_id = line.id and event.type = 'run.retried' and event.data ? 'patch'
  ), gave as (
    -- Who did it in somebody's name did it as both.
    select line.run_id, unnest(array[w.resolved_by_id::text, w.resolution->'onBehalfOf'->>'id']) as person
    from line join waitpoints w on w.run_id = line.id and w.status = 'resolved'
    where w.kind in ('form', 'handoff')
      or (w.kind = 'approval' and jsonb_typeof(w.resolution->'edits') = 'object' and w.resolution->'edits' <> '{}')
    union all
    -- The address of a step stays the same when the step is done again.
    select line.run_id, other::text from line join waitpoints w on w.run_id = line.id cross join unnest(w.known_to) other
  ), outside as (
    select line.run_id, o.person from line join outside_requesters(p_org, array(select id from line)) o on o.run_id = line.id
  )
  select line.run_id,
    known_as(p_org, array(select distinct person from (
      select l.initiated_by::text as person from line l where l.run_id = line.run_id
      union select other::text from line l cross join unnest(l.begun_with) other where l.run_id = line.run_id
      union select g.person from gave g where g.run_id = line.run_id
      union select c.person from corrected c where c.run_id = line.run_id
      union select o.person from outside o where o.run_id = line.run_id) asked where person is not null)),
    bool_and(line.initiated_by is not null
      and (line.restored_from is null or exists (select from runs source where source.id = line.restored_from)))
  from line group by line.run_id
$$;

-- Keeps that somebody was shown the addresses of these waits, and looks again whether their runs can be decided.
create or replace function note_shown(p_org uuid, p_ids uuid[], p_user uuid) returns void
language plpgsql as $$
declare
  v_runs uuid[];
begin
  if not exists (select from waitpoints where organization_id = p_org and id = any(p_ids) and p_user <> all(known_to)) then return; end if;
  perform pg_advisory_xact_lock_shared(asking_lock(p_org));
  -- Whoever resolves takes the run first, too.
  perform from runs where id in (select run_id from waitpoints where organization_id = p_org and id = any(p_ids)) order by id for no key update;
  with shown as (
    update waitpoints set known_to = known_to || p_user
    where organization_id = p_org and id = any(p_ids) and p_user <> all(known_to) returning run_id
  ) select array_agg(distinct run_id) into v_runs from shown;
  perform mark_undecidable(p_org, array(
    select id from waitpoints where organization_id = p_org and run_id = any(v_runs) and status = 'open' and kind = 'approval'));
end $$;

-- Keeps that somebody was shown where forms of these runs are filled in, also before their steps wait: from then on they may have
-- given the runs their values without a name.
create or replace function note_forms_shown(p_org uuid, p_runs uuid[], p_user uuid) returns void
language plpgsql as $$
declare
  v_runs uuid[];
begin
  if not exists (select from runs where organization_id = p_org and id = any(p_runs) and p_user <> all(begun_with)) then return; end if;
  perform pg_advisory_xact_lock_shared(asking_lock(p_org));
  perform from runs where organization_id = p_org and id = any(p_runs) order by id for no key update;
  with shown as (
    update runs set begun_with = begun_with || p_user
    where organization_id = p_org and id = any(p_runs) and p_user <> all(begun_with) returning id
  ) select array_agg(id) into v_runs from shown;
  perform mark_undecidable(p_org, array(
    select id from waitpoints where organization_id = p_org and run_id = any(v_runs) and status = 'open' and kind = 'approval'));
end $$;
