-- The run journal's writes. Every function takes and gives jsonb, runs inside hot_batch's transaction, and answers
-- refusals as values ({"ok": false, ...}); it raises only to undo its own item (the batch is then split).

-- Who to tell after the commit; collected by hot_batch and sent as few, coalesced notifications.
create or replace function hot_touched(p_org uuid, p_run uuid, p_done boolean) returns jsonb
language sql immutable as $$
  select jsonb_build_object('o', p_org, 'r', p_run, 'd', p_done)
$$;

create or replace function put_event(p_id uuid, p_name text, p_data jsonb, p_dedupe text) returns void
language plpgsql as $$
begin
  insert into event_outbox (id, name, data, dedupe_id) values (p_id, p_name, p_data, p_dedupe);
  perform pg_notify('hp_events', '');
end $$;

-- Starts a run: the run row and the event that wakes a driver, together. A repeated start key gives the first run.
-- `limited` is there only for runs of a workflow that limits how many run at once: see 20-places.sql.
create or replace function hot_start_run(a jsonb) returns jsonb
language plpgsql as $$
declare
  v_id uuid := (a->>'id')::uuid;
  v_org uuid := (a->>'org')::uuid;
  v_existing uuid;
  v_queued boolean := false;
begin
  if a ? 'limited' then
    v_existing := place_existing(a);
    if v_existing is not null then return jsonb_build_object('ok', true, 'id', v_existing, 'existing', true); end if;
    v_queued := not place_take(a);
    if v_queued and a->'limited'->>'whenFull' = 'skip' then return jsonb_build_object('ok', false, 'reason', 'full'); end if;
  end if;
  insert into runs (id, organization_id, workflow_id, version_id, version, status, trigger_type, trigger_id, trigger_label,
                    input, owner_id, requested_by, contact_id, conversation_id, test, callback_url, restored_from, start_key, created_at,
                    concurrency_key, queued_at)
  values (v_id, v_org, (a->>'workflow')::uuid, (a->>'versionId')::uuid, (a->>'version')::int, 'pending', a->>'triggerType',
          a->>'triggerId', a->>'triggerLabel', a->'input', (a->>'owner')::uuid, a->>'requestedBy', (a->>'contact')::uuid,
          (a->>'conversation')::uuid, coalesce((a->>'test')::boolean, false), a->>'callbackUrl', (a->>'restoredFrom')::uuid,
          a->>'startKey', now(), a->'limited'->>'key', case when v_queued then now() end)
  on conflict (workflow_id, start_key) do nothing;
  if not found then
    select id into v_existing from runs where workflow_id = (a->>'workflow')::uuid and start_key = a->>'startKey';
    return jsonb_build_object('ok', true, 'id', v_existing, 'existing', true);
  end if;
  if a ? 'actor' then
    insert into run_events (run_id, organization_id, type, actor, data) values (v_id, v_org, 'run.requested', a->'actor', a->'eventData');
  end if;
  -- Whoever gives it a place sends the event.
  if not v_queued then
    perform put_event((a->>'eventId')::uuid, 'run/requested',
      jsonb_build_object('runId', v_id, 'generation', 1, 'first', a->'first'), v_id::text || ':1');
  end if;
  return jsonb_build_object('ok', true, 'id', v_id, '_t', hot_touched(v_org, v_id, false));
end $$;

-- Deliveries of one outbound event to everyone subscribed to it, and the events that make the worker send them.
create or replace function put_webhook_event(p_org uuid, p_run uuid, p_key text, p_event text, p_payload jsonb, p_source text) returns void
language plpgsql as $$
begin
  with sent as (
    insert into deliveries (id, organization_id, run_id, step_key, kind, channel, address, subject, body, payload, subscription_id, source_key)
    select gen_random_uuid(), p_org, p_run, p_key, 'webhook', 'webhook', s.url, p_event, '', p_payload, s.id, p_source || ':' || s.id
    from webhook_subscriptions s
    where s.organization_id = p_org and s.disabled_at is null and (s.events = '{}' or p_event = any(s.events))
    on conflict (source_key) do nothing
    returning id
  )
  insert into event_outbox (id, name, data, dedupe_id)
  select gen_random_uuid(), 'delivery/requested', jsonb_build_object('deliveryId', id), 'delivery:' || id from sent;
  if found then perform pg_notify('hp_events', ''); end if;
end $$;

-- One journal commit: compare-and-set on (generation, seq), then everything that belongs to it.
create or replace function hot_commit(a jsonb) returns jsonb
language plpgsql as $$
declare
  v_run uuid := (a->>'r')::uuid;
  v_org uuid := (a->>'o')::uuid;
  v_u jsonb := a->'u';
  v_m jsonb := a->'m';
  v_status text;
  v_row runs%rowtype;
  v_item jsonb;
  v_more boolean := false;
  v_count int;
  v_key text;
begin
  update runs set
    seq = (a->>'n')::int,
    heartbeat_at = now(),
    status = case when status = 'paused' and not (v_u->>'status' = any('{completed,failed,cancelled}')) then 'paused' else v_u->>'status' end,
    status_below = case when status = 'paused' and not (v_u->>'status' = any('{completed,failed,cancelled}')) then v_u->>'status' else null end,
    parked_by = v_u->>'parkedBy',
    next_due_at = to_timestamp((v_u->>'nextDueAt')::double precision / 1000),
    active_ms = coalesce((v_u->>'activeMs')::int, active_ms),
    started_at = coalesce(started_at, to_timestamp((v_u->>'startedAt')::double precision / 1000)),
    ended_at = to_timestamp((v_u->>'endedAt')::double precision / 1000),
    output = case when v_u ? 'output' then v_u->'output' else output end,
    error = case when v_u ? 'error' then nullif(v_u->'error', 'null'::jsonb) else error end,
    failure_reason = case when v_u ? 'failureReason' then v_u->>'failureReason' else failure_reason end,
    input_edits = case when v_u ? 'inputEdits' then v_u->'inputEdits' else input_edits end,
    generation = generation + coalesce((v_u->>'bump')::int, 0)
  where id = v_run and generation = (a->>'g')::int and seq = (a->>'s')::int
    and status <> all('{completed,failed,cancelled}')
  returning status, concurrency_key into v_status, v_key;
  if not found then
    select * into v_row from runs where id = v_run;
    return jsonb_build_object('ok', false, 'status', v_row.status, 'generation', v_row.generation, 'seq', v_row.seq);
  end if;

  if v_m is not null and v_m <> 'null'::jsonb then
    if not exec_put_memo(v_m->>'x', v_m->>'j', (v_m->>'f')::bigint, v_m->>'h', v_m->>'n', v_m->'d') then
      raise exception 'fenced' using errcode = 'HP001';
    end if;
  end if;

  if a ? 'supersede' then
    update step_runs set superseded = true
    where run_id = v_run and not superseded and generation <= (a->>'g')::int and key = any(array(select jsonb_array_elements_text(a->'supersede')));
    update waitpoints set status = 'superseded'
    where run_id = v_run and kind = 'approval' and status = 'resolved' and outcome is distinct from 'rejected'
      and key = any(array(select jsonb_array_elements_text(a->'supersede')));
  end if;

  insert into step_runs (run_id, key, seq, generation, id, organization_id, node_id, iteration, name, type, status, attempt, handle,
                         engine, input, output, error, summary, attempts, warnings, started_at, ended_at, duration_ms)
  select v_run, w.key, w.seq, w.g, w.id, v_org, w."nodeId", w.iteration, w.name, w.type, w.status, w.attempt, w.handle,
         nullif(w.engine, 'null'::jsonb), w.input, w.output, nullif(w.error, 'null'::jsonb), w.summary, nullif(w.attempts, 'null'::jsonb),
         nullif(w.warnings, 'null'::jsonb), to_timestamp(w."startedAt" / 1000), to_timestamp(w."endedAt" / 1000), w."durationMs"
  from jsonb_to_recordset(a->'w') as w(key text, seq int, g int, id uuid, "nodeId" text, iteration text, name text, type text, status text,
         attempt int, handle text, engine jsonb, input jsonb, output jsonb, error jsonb, summary text, attempts jsonb, warnings jsonb,
         "startedAt" double precision, "endedAt" double precision, "durationMs" int)
  on conflict (run_id, key, generation) do update set
    seq = excluded.seq, status = excluded.status, attempt = excluded.attempt, handle = excluded.handle, engine = excluded.engine,
    input = coalesce(excluded.input, step_runs.input), output = excluded.output, error = excluded.error, summary = excluded.summary,
    attempts = coalesce(excluded.attempts, step_runs.attempts), warnings = coalesce(excluded.warnings, step_runs.warnings),
    started_at = coalesce(step_runs.started_at, excluded.started_at), ended_at = excluded.ended_at, duration_ms = excluded.duration_ms;

  if a ? 'due' then
    update waitpoints set status = 'resolved', outcome = case when kind in ('approval', 'form', 'handoff') then 'timed_out' else 'due' end,
      resolved_via = 'timer', resolved_at = now(), consumed = true
    where id = any(array(select jsonb_array_elements_text(a->'due'))::uuid[]) and status = 'open';
    get diagnostics v_count = row_count;
    if v_count <> jsonb_array_length(a->'due') then
      raise exception 'waitpoint_race' using errcode = 'HP002';
    end if;
  end if;
  if a ? 'consumed' then
    update waitpoints set consumed = true where id = any(array(select jsonb_array_elements_text(a->'consumed'))::uuid[]);
  end if;
  if a ? 'close' then
    update waitpoints set status = 'cancelled', consumed = true, resolved_at = now(), resolved_via = 'system'
    where run_id = v_run and status = 'open' and key = any(array(select jsonb_array_elements_text(a->'close')));
  end if;
  if a ? 'open' then
    insert into waitpoints (id, organization_id, run_id, workflow_id, key, node_id, kind, assignees, request, due_at, on_due, token_hash)
    select (value->>'id')::uuid, v_org, v_run, (a->>'f')::uuid, value->>'key', value->>'nodeId', value->>'kind',
           array(select jsonb_array_elements_text(value->'assignees')), value->'request',
           to_timestamp((value->>'dueAt')::double precision / 1000), nullif(value->'onDue', 'null'::jsonb), value->>'tokenHash'
    from jsonb_array_elements(a->'open');
  end if;
  if v_status = any('{completed,failed,cancelled}') then
    update waitpoints set status = 'cancelled', consumed = true, resolved_at = now(), resolved_via = 'system'
    where run_id = v_run and status = 'open';
  end if;

  if a ? 'receipts' then
    insert into receipts (id, organization_id, run_id, key, attempt, idempotency_key, request_hash, method, url, status, response, error_code, sent_at, duration_ms)
    select gen_random_uuid(), v_org, v_run, value->>'key', (value->>'attempt')::int, value->>'idempotencyKey', value->>'requestHash', value->>'method',
           value->>'url', (value->>'status')::int, value->'response', value->>'errorCode',
           to_timestamp((value->>'sentAt')::double precision / 1000), (value->>'durationMs')::int
    from jsonb_array_elements(a->'receipts');
  end if;
  if a ? 'deliver' then
    insert into deliveries (id, organization_id, run_id, step_key, kind, channel, address, subject, body, payload, source_key)
    select (value->>'id')::uuid, v_org, v_run, value->>'key', value->>'kind', value->>'channel', value->>'address', value->>'subject',
           value->>'body', nullif(value->'payload', 'null'::jsonb), value->>'sourceKey'
    from jsonb_array_elements(a->'deliver')
    on conflict (source_key) do nothing;
    insert into event_outbox (id, name, data, dedupe_id)
    select gen_random_uuid(), 'delivery/requested', jsonb_build_object('deliveryId', value->>'id'), 'delivery:' || (value->>'id')
    from jsonb_array_elements(a->'deliver');
    perform pg_notify('hp_events', '');
  end if;
  if a ? 'say' then
    insert into messages (id, organization_id, conversation_id, author, author_name, body, data, run_id, source_key)
    select (value->>'id')::uuid, v_org, (value->>'conversationId')::uuid, 'workflow', value->>'authorName', value->>'body',
           nullif(value->'data', 'null'::jsonb), v_run, value->>'sourceKey'
    from jsonb_array_elements(a->'say')
    on conflict (source_key) do nothing;
  end if;
  if a ? 'emit' then
    for v_item in select value from jsonb_array_elements(a->'emit') loop
      perform put_webhook_event(v_org, v_run, v_item->>'key', v_item->>'event', v_item->'payload', v_item->>'sourceKey');
    end loop;
  end if;
  if a ? 'events' then
    for v_item in select value from jsonb_array_elements(a->'events') loop
      perform put_event((v_item->>'id')::uuid, v_item->>'name', v_item->'data', v_item->>'dedupe');
    end loop;
  end if;
  if a ? 'log' then
    insert into run_events (run_id, organization_id, type, actor, data)
    select v_run, v_org, value->>'type', nullif(value->'actor', 'null'::jsonb), value->'data' from jsonb_array_elements(a->'log');
  end if;

  -- Something was resolved in the same moment: a driver that has just parked is woken; one that has just woken up, and
  -- whose park the resolver still saw, gets help from another lane.
  if (a->>'waits')::boolean then
    v_more := exists (select 1 from waitpoints where run_id = v_run and status = 'resolved' and not consumed);
    if v_more and v_u->>'parkedBy' is not null then
      perform put_event(gen_random_uuid(), 'run/wake', jsonb_build_object('runId', v_run), null);
    elsif v_more and (a->>'reading')::boolean then
      perform put_event(gen_random_uuid(), 'run/requested', jsonb_build_object('runId', v_run, 'generation', (a->>'g')::int, 'lane', id), 'lane:' || id)
      from waitpoints where run_id = v_run and status = 'resolved' and not consumed;
    end if;
  end if;
  -- A place is free: the caller gives it to the next in line, in a transaction of its own.
  if v_key is not null and v_status = any('{completed,failed,cancelled}') then
    return jsonb_build_object('ok', true, 'status', v_status, 'freed', v_key, '_t', hot_touched(v_org, v_run, true));
  end if;
  return jsonb_build_object('ok', true, 'status', v_status,
    '_t', hot_touched(v_org, v_run, v_status = any('{completed,failed,cancelled}')));
end $$;

-- Resolves a waitpoint: the one place where approve, reject, submit, hand back and call meet. Exactly one wins.
create or replace function hot_resolve(a jsonb) returns jsonb
language plpgsql as $$
declare
  v_wp waitpoints%rowtype;
  v_run runs%rowtype;
begin
  select r.* into v_run from runs r
  where r.id = (select run_id from waitpoints where id = (a->>'id')::uuid) and r.organization_id = (a->>'org')::uuid
  for no key update;
  if not found then
    return jsonb_build_object('ok', false, 'reason', 'not_found');
  end if;
  update waitpoints set status = 'resolved', outcome = a->>'outcome', resolution = a->'resolution',
    resolved_by_id = (a->>'byId')::uuid, resolved_by_name = a->>'byName', resolved_via = a->>'via', resolved_at = now()
  where id = (a->>'id')::uuid and status = 'open'
  returning * into v_wp;
  if not found then
    select * into v_wp from waitpoints where id = (a->>'id')::uuid;
    return jsonb_build_object('ok', false, 'reason', 'resolved', 'status', v_wp.status, 'outcome', v_wp.outcome,
      'by', v_wp.resolved_by_name, 'byId', v_wp.resolved_by_id, 'at', v_wp.resolved_at);
  end if;
  insert into audit_entries (organization_id, actor, action, subject_type, subject_id, data)
  values (v_run.organization_id, a->'actor', a->>'action', v_wp.kind, v_wp.id::text, a->'audit');
  insert into run_events (run_id, organization_id, type, actor, data)
  values (v_run.id, v_run.organization_id, a->>'action', a->'actor', jsonb_build_object('nodeId', v_wp.node_id, 'waitpointId', v_wp.id, 'comment', a->'resolution'->'comment'));
  if v_run.status <> 'paused' then
    if v_run.parked_by is not null then
      perform put_event((a->>'eventId')::uuid, 'run/wake', jsonb_build_object('runId', v_run.id), null);
    else
      perform put_event((a->>'eventId')::uuid, 'run/requested',
        jsonb_build_object('runId', v_run.id, 'generation', v_run.generation, 'lane', v_wp.id), 'lane:' || v_wp.id);
    end if;
  end if;
  return jsonb_build_object('ok', true, 'runId', v_run.id, 'nodeId', v_wp.node_id, 'at', v_wp.resolved_at,
    '_t', hot_touched(v_run.organization_id, v_run.id, false));
end $$;

-- pause, resume, cancel: status changes by people, compare-and-set on the statuses that allow them.
create or replace function hot_control(a jsonb) returns jsonb
language plpgsql as $$
declare
  v_run runs%rowtype;
  v_verb text := a->>'verb';
begin
  select * into v_run from runs where id = (a->>'id')::uuid and organization_id = (a->>'org')::uuid for no key update;
  if not found then return jsonb_build_object('ok', false, 'reason', 'not_found'); end if;
  if not (v_run.status = any(array(select jsonb_array_elements_text(a->'from')))) then
    return jsonb_build_object('ok', false, 'reason', 'state', 'status', v_run.status);
  end if;
  if v_verb = 'pause' then
    update runs set status = 'paused', status_below = v_run.status where id = v_run.id;
  elsif v_verb = 'resume' then
    update runs set status = case when v_run.started_at is null then 'pending' else coalesce(v_run.status_below, 'running') end, status_below = null,
      generation = v_run.generation + 1, parked_by = null where id = v_run.id;
    -- One that still waits for a place goes on waiting.
    if v_run.queued_at is null then
      perform put_event((a->>'eventId')::uuid, 'run/requested', jsonb_build_object('runId', v_run.id, 'generation', v_run.generation + 1),
        v_run.id || ':' || (v_run.generation + 1));
    end if;
    perform put_event(gen_random_uuid(), 'run/wake', jsonb_build_object('runId', v_run.id), null);
  elsif v_verb = 'cancel' then
    update runs set status = 'cancelled', status_below = null, cancel_reason = a->>'reason', ended_at = now(), parked_by = null, next_due_at = null
    where id = v_run.id;
    update waitpoints set status = 'cancelled', consumed = true, resolved_at = now(), resolved_via = 'system'
    where run_id = v_run.id and status = 'open';
    update step_runs set status = 'cancelled', ended_at = now()
    where run_id = v_run.id and not superseded and status in ('pending', 'running', 'waiting');
    perform put_event(gen_random_uuid(), 'run/wake', jsonb_build_object('runId', v_run.id), null);
    if not v_run.test then
      perform put_webhook_event(v_run.organization_id, v_run.id, null, 'run.cancelled',
        jsonb_build_object('run_id', v_run.id, 'status', 'cancelled', 'reason', a->'reason'), v_run.id || ':cancelled');
    end if;
  elsif v_verb = 'retry' then
    -- Failures that were dealt with (a handle was taken) stay; what was cut off or failed for good leaves the fold. Finished
    -- items of a loop whose own row goes are adopted by the loop when it opens again. An unsafe call that was cut off stays,
    -- unless its step was named: its driver finds the intent and asks a person instead of calling blindly.
    update step_runs set superseded = true
    where run_id = v_run.id and not superseded
      and ((status = any('{pending,running,waiting,cancelled}') and not (status = 'cancelled' and coalesce((engine->>'intent')::boolean, false)))
           or (status = 'failed' and handle is null)
           or node_id = any(array(select jsonb_array_elements_text(a->'supersede'))));
    update runs set status = case when v_run.concurrency_key is null then 'running' else 'pending' end,
      -- It gave its place away when it ended: back in line, and the caller gives it a place when there is one.
      queued_at = case when v_run.concurrency_key is not null then now() end,
      status_below = null, generation = v_run.generation + 1, ended_at = null, error = null, output = null,
      failure_reason = null, cancel_reason = null, parked_by = null, active_ms = 0,
      input_edits = case when a ? 'inputEdits' then a->'inputEdits' else input_edits end
    where id = v_run.id;
    if v_run.concurrency_key is null then
      perform put_event((a->>'eventId')::uuid, 'run/requested', jsonb_build_object('runId', v_run.id, 'generation', v_run.generation + 1),
        v_run.id || ':' || (v_run.generation + 1));
    end if;
  end if;
  insert into audit_entries (organization_id, actor, action, subject_type, subject_id, data)
  values (v_run.organization_id, a->'actor', 'run.' || v_verb, 'run', v_run.id::text, jsonb_build_object('reason', a->'reason', 'from', v_run.status));
  insert into run_events (run_id, organization_id, type, actor, data)
  values (v_run.id, v_run.organization_id, 'run.' || v_verb, a->'actor', jsonb_build_object('reason', a->'reason')
    || case when v_verb = 'retry' and a ? 'inputEdits' then jsonb_build_object('patched', v_run.generation + 1) else '{}'::jsonb end);
  if v_run.concurrency_key is not null and v_verb <> 'pause' then
    return jsonb_build_object('ok', true, 'from', v_run.status, 'freed', v_run.concurrency_key, 'workflow', v_run.workflow_id,
      '_t', hot_touched(v_run.organization_id, v_run.id, v_verb = 'cancel'));
  end if;
  return jsonb_build_object('ok', true, 'from', v_run.status, '_t', hot_touched(v_run.organization_id, v_run.id, v_verb = 'cancel'));
end $$;

-- Shows life while a long step runs; harmless when the run has moved on.
create or replace function hot_heartbeat(a jsonb) returns jsonb
language plpgsql as $$
begin
  update runs set heartbeat_at = now() where id = (a->>'r')::uuid and generation = (a->>'g')::int;
  return 'null'::jsonb;
end $$;
