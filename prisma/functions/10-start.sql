-- The run journal's writes. Every function takes and gives jsonb, runs inside hot_batch's transaction, and answers
-- refusals as values ({"ok": false, ...}); it raises only to undo its own item (the batch is then split).

drop function if exists hot_touched(uuid, uuid, boolean);

-- Who to tell after the commit; collected by hot_batch and sent as few, coalesced notifications. `p_asks`: the run waits for a person.
create or replace function hot_touched(p_org uuid, p_run uuid, p_done boolean, p_asks boolean default false) returns jsonb
language sql stable as $$
  select jsonb_build_object('o', p_org, 'r', p_run, 'd', p_done, 'w', p_asks)
$$;

drop function if exists put_event(uuid, text, jsonb, text);

-- `p_org`: whose event it is. Organizations whose events wait take turns.
create or replace function put_event(p_id uuid, p_name text, p_data jsonb, p_dedupe text, p_org uuid default null) returns void
language plpgsql as $$
begin
  insert into event_outbox (id, name, data, dedupe_id, fair_key) values (p_id, p_name, p_data, p_dedupe, coalesce(p_org::text, '-'));
  perform pg_notify('hp_events', '');
end $$;

-- Writes what happened into the run's history, numbered on from `p_last`, and never changed again. The caller holds the lock of
-- the run's row and has counted them in `runs.event_seq`. `p_events`: [{ type, at? (ms), actor?, data? }], in the order in which
-- it happened; clocks of several processes differ a little, and the history never goes back in time because of that.
create or replace function insert_run_events(p_run uuid, p_org uuid, p_last bigint, p_events jsonb) returns void
language plpgsql as $$
begin
  insert into run_events (run_id, seq, organization_id, type, at, actor, data)
  select p_run, p_last + said.n, p_org, said.event->>'type',
         greatest(max(said.at) over (order by said.n), (select before.at from run_events before where before.run_id = p_run and before.seq = p_last)),
         nullif(said.event->'actor', 'null'::jsonb), coalesce(said.event->'data', '{}'::jsonb)
  from (
    select item.n, item.value as event, coalesce(to_timestamp((item.value->>'at')::double precision / 1000), now()) as at
    from jsonb_array_elements(p_events) with ordinality as item(value, n)
  ) said;
end $$;

-- The same for callers that have not counted them yet.
create or replace function put_run_events(p_run uuid, p_org uuid, p_events jsonb) returns void
language plpgsql as $$
declare
  v_last bigint;
begin
  update runs set event_seq = event_seq + jsonb_array_length(p_events) where id = p_run
  returning event_seq - jsonb_array_length(p_events) into v_last;
  perform insert_run_events(p_run, p_org, v_last, p_events);
end $$;

-- Starts a run: the run row and the event that wakes a driver, together. A repeated start key gives the first run, with
-- the hash of what came with it: whether this is the same again is for the caller to say.
-- `limited` is there only for runs of a workflow that limits how many run at once: see 20-places.sql.
create or replace function hot_start_run(a jsonb) returns jsonb
language plpgsql as $$
declare
  v_id uuid := (a->>'id')::uuid;
  v_org uuid := (a->>'org')::uuid;
  v_existing uuid;
  v_hash text;
  v_queued boolean := false;
begin
  if a ? 'limited' then
    v_existing := place_existing(a);
    if v_existing is not null then
      select start_hash into v_hash from runs where id = v_existing;
      return jsonb_build_object('ok', true, 'id', v_existing, 'existing', true, 'hash', v_hash);
    end if;
    v_queued := not place_take(a);
    if v_queued and a->'limited'->>'whenFull' = 'skip' then return jsonb_build_object('ok', false, 'reason', 'full'); end if;
  end if;
  insert into runs (id, organization_id, workflow_id, version_id, version, status, trigger_type, trigger_id, trigger_label,
                    input, subject, owner_id, initiated_by, begun_with, requested_by, contact_id, conversation_id, test, callback_url, restored_from, start_key, start_hash, created_at,
                    concurrency_key, queued_at, event_seq)
  values (v_id, v_org, (a->>'workflow')::uuid, (a->>'versionId')::uuid, (a->>'version')::int, 'pending', a->>'triggerType',
          a->>'triggerId', a->>'triggerLabel', a->'input', a->>'subject', (a->>'owner')::uuid, (a->>'initiatedBy')::uuid,
          array(select jsonb_array_elements_text(a->'begunWith')::uuid), a->>'requestedBy', (a->>'contact')::uuid,
          (a->>'conversation')::uuid, coalesce((a->>'test')::boolean, false), a->>'callbackUrl', (a->>'restoredFrom')::uuid,
          a->>'startKey', a->>'startHash', now(), a->'limited'->>'key', case when v_queued then now() end, 1)
  on conflict (workflow_id, start_key) do nothing;
  if not found then
    select id, start_hash into v_existing, v_hash from runs where workflow_id = (a->>'workflow')::uuid and start_key = a->>'startKey';
    return jsonb_build_object('ok', true, 'id', v_existing, 'existing', true, 'hash', v_hash);
  end if;
  insert into run_events (run_id, seq, organization_id, type, actor, data)
  values (v_id, 1, v_org, 'run.created', nullif(a->'actor', 'null'::jsonb), jsonb_strip_nulls(jsonb_build_object(
    'trigger', a->'triggerType', 'trigger_label', a->'triggerLabel', 'version', a->'version', 'restored_from', a->'restoredFrom')));
  perform put_audit(v_org, coalesce(nullif(a->'actor', 'null'::jsonb), system_actor()), a->'proof', 'run.started', 'run', v_id::text,
    jsonb_strip_nulls(jsonb_build_object('workflowId', a->'workflow', 'version', a->'version', 'trigger', a->'triggerType',
      'triggerId', a->'triggerId', 'test', nullif((a->>'test')::boolean, false), 'restoredFrom', a->'restoredFrom',
      'cause', case when a->>'startKey' ~ '^(event|schedule):' then a->'startKey' end)), payload_hash(a->'input'));
  -- Whoever gives it a place sends the event.
  if not v_queued then
    perform put_event((a->>'eventId')::uuid, 'run/requested',
      jsonb_build_object('runId', v_id, 'generation', 1, 'first', a->'first'), v_id::text || ':1', v_org);
  end if;
  return jsonb_build_object('ok', true, 'id', v_id, '_t', hot_touched(v_org, v_id, false));
end $$;
