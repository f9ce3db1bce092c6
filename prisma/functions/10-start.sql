-- The run journal's writes. Every function takes and gives jsonb, runs inside hot_batch's transaction, and answers
-- refusals as values ({"ok": false, ...}); it raises only to undo its own item (the batch is then split).

drop function if exists hot_touched(uuid, uuid, boolean, boolean);

-- Who to tell after the commit; collected by hot_batch and sent as few, coalesced notifications.
create or replace function hot_touched(p_org uuid, p_run uuid, p_done boolean) returns jsonb
language sql stable as $$
  select jsonb_build_object('o', p_org, 'r', p_run, 'd', p_done)
$$;

drop function if exists put_event(uuid, text, jsonb, text);

-- `p_org`: whose event it is. Organizations whose events wait take turns.
create or replace function put_event(p_id uuid, p_name text, p_data jsonb, p_dedupe text, p_org uuid default null) returns void
language plpgsql as $$
begin
  insert into event_outbox (id, name, data, dedupe_id, fair_key) values (p_id, p_name, p_data, p_dedupe, coalesce(p_org::text, '-'));
  perform pg_notify('hp_events', '');
end $$;

drop function if exists insert_run_events(uuid, uuid, bigint, jsonb);

-- Writes what happened into the histories of runs, position by position, numbered on from `p_lasts`, and never changed again. The caller holds the
-- locks of the runs' rows and has counted them in `runs.event_seq`. `p_logs`: [{ type, at? (ms), actor?, data? }], in the order in which
-- it happened; clocks of several processes differ a little, and the history never goes back in time because of that.
create or replace function insert_run_events(p_runs uuid[], p_orgs uuid[], p_lasts bigint[], p_logs jsonb[]) returns void
language plpgsql as $$
begin
  insert into run_events (run_id, seq, organization_id, type, at, actor, data)
  select l.run, l.last + e.n, l.org, e.event->>'type',
         greatest(max(coalesce(to_timestamp((e.event->>'at')::double precision / 1000), now())) over (partition by l.run order by e.n),
           (select at from run_events where run_id = l.run and seq = l.last)),
         nullif(e.event->'actor', 'null'::jsonb), coalesce(e.event->'data', '{}'::jsonb)
  from unnest(p_runs, p_orgs, p_lasts, p_logs) as l(run, org, last, log), jsonb_array_elements(l.log) with ordinality as e(event, n);
end $$;

-- The same for callers that have not counted them yet.
create or replace function put_run_events(p_run uuid, p_org uuid, p_events jsonb) returns void
language plpgsql as $$
declare
  v_last bigint;
begin
  update runs set event_seq = event_seq + jsonb_array_length(p_events) where id = p_run
  returning event_seq - jsonb_array_length(p_events) into v_last;
  perform insert_run_events(array[p_run], array[p_org], array[v_last], array[p_events]);
end $$;

-- Starts runs: the run rows and the events that wake drivers, together. `p_at`: which of the items they are, counted from 0, in the order in which
-- their start keys are taken; arguments as server/modules/runs/run-start.ts makes them. A repeated start key gives the first run, with the hash
-- of what came with it: whether this is the same again is for the caller to say. `p_queued`: they wait for a place, and whoever
-- gives them one sends the event.
create or replace function hot_starts(p_items jsonb, p_at int[], p_queued boolean default false)
returns table (item int, answer jsonb, org uuid, run uuid)
language plpgsql as $$
#variable_conflict use_column
declare
  v_new int[];
begin
  with made as (
    insert into runs (id, organization_id, workflow_id, version_id, version, status, trigger_type, trigger_id, trigger_label,
                      input, subject, owner_id, initiated_by, begun_with, requested_by, contact_id, conversation_id, test, callback_url,
                      restored_from, start_key, start_hash, created_at, concurrency_key, queued_at, event_seq)
    select s.id, s.org, s.workflow, s."versionId", s.version, 'pending', s."triggerType", s."triggerId", s."triggerLabel",
           s.input, s.subject, s.owner, s."initiatedBy", coalesce(s."begunWith", '{}'), s."requestedBy", s.contact, s.conversation,
           coalesce(s.test, false), s."callbackUrl", s."restoredFrom", s."startKey", s."startHash", now(), s.limited->>'key',
           case when p_queued then now() end, 1
    from unnest(p_at) with ordinality as i(at, turn), jsonb_to_record(p_items->i.at->'a') as s(id uuid, org uuid, workflow uuid, "versionId" uuid, version int,
      "triggerType" text, "triggerId" text, "triggerLabel" text, input jsonb, subject text, owner uuid, "initiatedBy" uuid, "begunWith" uuid[],
      "requestedBy" text, contact uuid, conversation uuid, test boolean, "callbackUrl" text, "restoredFrom" uuid, "startKey" text, "startHash" text, limited jsonb)
    order by i.turn
    on conflict (workflow_id, start_key) do nothing
    returning id
  )
  select array_agg(at) into v_new from unnest(p_at) as at where (p_items->at->'a'->>'id')::uuid in (select id from made);
  if v_new is not null then
    insert into run_events (run_id, seq, organization_id, type, actor, data)
    select (a->>'id')::uuid, 1, (a->>'org')::uuid, 'run.created', nullif(a->'actor', 'null'::jsonb), jsonb_strip_nulls(jsonb_build_object(
      'trigger', a->'triggerType', 'trigger_label', a->'triggerLabel', 'version', a->'version', 'restored_from', a->'restoredFrom'))
    from (select p_items->at->'a' as a from unnest(v_new) as at offset 0) s;
    insert into audit_entries (organization_id, actor, action, subject_type, subject_id, data, address, auth, payload_hash)
    select (a->>'org')::uuid, coalesce(nullif(a->'actor', 'null'::jsonb), system_actor()), 'run.started', 'run', a->>'id',
      jsonb_strip_nulls(jsonb_build_object('workflowId', a->'workflow', 'version', a->'version', 'trigger', a->'triggerType',
        'triggerId', a->'triggerId', 'test', nullif((a->>'test')::boolean, false), 'restoredFrom', a->'restoredFrom',
        'cause', case when a->>'startKey' ~ '^(event|schedule):' then a->'startKey' end)),
      a->'proof'->>'address', coalesce(a->'proof'->>'auth', 'system'), payload_hash(a->'input')
    from (select p_items->at->'a' as a from unnest(v_new) as at offset 0) s;
    if not p_queued then
      insert into event_outbox (id, name, data, dedupe_id, fair_key)
      select (a->>'eventId')::uuid, 'run/requested', jsonb_build_object('runId', a->'id', 'generation', 1, 'first', a->'first'), (a->>'id') || ':1', a->>'org'
      from (select p_items->at->'a' as a from unnest(v_new) as at offset 0) s;
      perform pg_notify('hp_events', '');
    end if;
  end if;
  return query
    select s.at, case when f.id is null then jsonb_build_object('ok', true, 'id', s.a->'id')
        else jsonb_build_object('ok', true, 'id', f.id, 'existing', true, 'hash', f.start_hash) end,
      case when f.id is null then (s.a->>'org')::uuid end, case when f.id is null then (s.a->>'id')::uuid end
    from (select at, p_items->at->'a' as a from unnest(p_at) as at offset 0) s left join runs f
      on s.at <> all(coalesce(v_new, '{}')) and f.workflow_id = (s.a->>'workflow')::uuid and f.start_key = s.a->>'startKey';
end $$;

-- One start by itself. `limited` is there only for runs of a workflow that limits how many run at once: see 20-places.sql.
create or replace function hot_start_run(a jsonb) returns jsonb
language plpgsql as $$
declare
  v_existing uuid;
  v_queued boolean := false;
begin
  if a ? 'limited' then
    v_existing := place_existing(a);
    if v_existing is not null then
      return (select jsonb_build_object('ok', true, 'id', id, 'existing', true, 'hash', start_hash) from runs where id = v_existing);
    end if;
    v_queued := not place_take(a);
    if v_queued and a->'limited'->>'whenFull' = 'skip' then return jsonb_build_object('ok', false, 'reason', 'full'); end if;
  end if;
  return (select answer || case when run is null then '{}' else jsonb_build_object('_t', hot_touched(org, run, false)) end
    from hot_starts(jsonb_build_array(jsonb_build_object('a', a)), '{0}', v_queued));
end $$;
