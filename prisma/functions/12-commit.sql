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
  v_events bigint;
begin
  update runs set
    seq = (a->>'n')::bigint,
    heartbeat_at = now(),
    status = case when status = 'paused' and not (v_u->>'status' = any('{completed,failed,cancelled}')) then 'paused' else v_u->>'status' end,
    status_below = case when status = 'paused' and not (v_u->>'status' = any('{completed,failed,cancelled}')) then v_u->>'status' else null end,
    parked_by = v_u->>'parkedBy',
    busy = (v_u->>'busy')::boolean,
    drivers = case when v_u ? 'bump' then null when v_u ? 'drivers' then v_u->'drivers' else drivers end,
    revivals = case when (a->>'progress')::boolean then 0 else revivals end,
    next_due_at = to_timestamp((v_u->>'nextDueAt')::double precision / 1000),
    active_ms = coalesce((v_u->>'activeMs')::bigint, active_ms),
    started_at = coalesce(started_at, to_timestamp((v_u->>'startedAt')::double precision / 1000)),
    ended_at = to_timestamp((v_u->>'endedAt')::double precision / 1000),
    output = case when v_u ? 'output' then v_u->'output' else output end,
    error = case when v_u ? 'error' then nullif(v_u->'error', 'null'::jsonb) else error end,
    failure_reason = case when v_u ? 'failureReason' then v_u->>'failureReason' else failure_reason end,
    warnings = case when v_u ? 'warnings' then nullif(v_u->'warnings', 'null'::jsonb) else warnings end,
    end_message = case when v_u ? 'endMessage' then v_u->>'endMessage' else end_message end,
    input_edits = case when v_u ? 'inputEdits' then v_u->'inputEdits' else input_edits end,
    event_seq = event_seq + coalesce(jsonb_array_length(a->'log'), 0),
    generation = generation + coalesce((v_u->>'bump')::int, 0)
  where id = v_run and generation = (a->>'g')::int and seq = (a->>'s')::bigint
    and status <> all('{completed,failed,cancelled}')
  returning status, concurrency_key, event_seq into v_status, v_key, v_events;
  if not found then
    select * into v_row from runs where id = v_run;
    return jsonb_build_object('ok', false, 'status', v_row.status, 'generation', v_row.generation, 'seq', v_row.seq);
  end if;

  if v_m is not null and v_m <> 'null'::jsonb then
    if v_m ? 'stays' then
      -- The worker writes the memo at the end of its call. The share lock keeps a take-over from happening before the commit.
      perform from exec_jobs where exec_run = (v_m->>'x')::uuid and step_id = v_m->>'j' and fence = (v_m->>'f')::bigint and leased_by is not null for share;
      v_more := found;
    else
      v_more := exec_put_memo(v_m->>'x', v_m->>'j', (v_m->>'f')::bigint, v_m->>'h', v_m->>'n', v_m->'d');
    end if;
    if not v_more then raise exception 'fenced' using errcode = 'HP001'; end if;
    v_more := false;
  end if;

  -- Before what below may add to the history.
  if a ? 'log' then
    perform insert_run_events(v_run, v_org, v_events - jsonb_array_length(a->'log'), a->'log');
  end if;

  if a ? 'supersede' then
    update step_runs set superseded = true, superseded_seq = (a->>'s')::bigint
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
  from jsonb_to_recordset(a->'w') as w(key text, seq bigint, g int, id uuid, "nodeId" text, iteration text, name text, type text, status text,
         attempt int, handle text, engine jsonb, input jsonb, output jsonb, error jsonb, summary text, attempts jsonb, warnings jsonb,
         "startedAt" double precision, "endedAt" double precision, "durationMs" bigint)
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
    -- Nobody decided: what the workflow does then may be a grant, so the log names the way that was taken.
    perform put_audit(v_org, system_actor(), null, w.kind || '.timed_out', w.kind, w.id::text,
      jsonb_strip_nulls(jsonb_build_object('runId', v_run, 'nodeId', w.node_id, 'dueAt', w.due_at, 'taken', row_of.value->>'handle',
        'step', row_of.value->>'status')), payload_hash(w.request))
    from waitpoints w left join jsonb_array_elements(a->'w') as row_of on row_of.value->>'key' = w.key
    where w.id = any(array(select jsonb_array_elements_text(a->'due'))::uuid[]) and w.kind in ('approval', 'form', 'handoff');
  end if;
  if a ? 'consumed' then
    update waitpoints set consumed = true where id = any(array(select jsonb_array_elements_text(a->'consumed'))::uuid[]);
  end if;
  if a ? 'close' then
    update waitpoints set status = 'cancelled', consumed = true, resolved_at = now(), resolved_via = 'system'
    where run_id = v_run and status = 'open' and key = any(array(select jsonb_array_elements_text(a->'close')));
  end if;
  if a ? 'open' then
    -- A step that waits again has the same callback address: it leads to the wait that is open now.
    update waitpoints set token_hash = null
    where run_id = v_run and token_hash = any(array(select value->>'tokenHash' from jsonb_array_elements(a->'open')));
    insert into waitpoints (id, organization_id, run_id, workflow_id, key, node_id, kind, assignees, request, due_at, on_due, token_hash)
    select (value->>'id')::uuid, v_org, v_run, (a->>'f')::uuid, value->>'key', value->>'nodeId', value->>'kind',
           array(select jsonb_array_elements_text(value->'assignees')), value->'request',
           to_timestamp((value->>'dueAt')::double precision / 1000), nullif(value->'onDue', 'null'::jsonb), value->>'tokenHash'
    from jsonb_array_elements(a->'open');
  end if;
  if v_status = any('{completed,failed,cancelled}') then
    update waitpoints set status = 'cancelled', consumed = true, resolved_at = now(), resolved_via = 'system'
    where run_id = v_run and status = 'open';
    perform put_run_ended(v_run);
  end if;

  if a ? 'receipts' then
    insert into receipts (id, organization_id, run_id, key, attempt, idempotency_key, request_hash, method, url, status, response, unrecorded, error_code, sent_at, duration_ms)
    select gen_random_uuid(), v_org, v_run, value->>'key', (value->>'attempt')::int, value->>'idempotencyKey', value->>'requestHash', value->>'method',
           value->>'url', (value->>'status')::int, value->'response', coalesce((value->>'unrecorded')::boolean, false), value->>'errorCode',
           to_timestamp((value->>'sentAt')::double precision / 1000), (value->>'durationMs')::bigint
    from jsonb_array_elements(a->'receipts');
  end if;
  if a ? 'deliver' then
    insert into deliveries (id, organization_id, run_id, step_key, kind, channel, address, subject, body, payload, source_key)
    select (value->>'id')::uuid, v_org, v_run, value->>'key', value->>'kind', value->>'channel', value->>'address', value->>'subject',
           value->>'body', nullif(value->'payload', 'null'::jsonb), value->>'sourceKey'
    from jsonb_array_elements(a->'deliver')
    on conflict (source_key) do nothing;
    insert into event_outbox (id, name, data, dedupe_id, fair_key)
    select gen_random_uuid(), 'delivery/requested', jsonb_build_object('deliveryId', value->>'id'), 'delivery:' || (value->>'id'), v_org::text
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
  if a ? 'emit' and exists (select 1 from webhook_subscriptions where organization_id = v_org and disabled_at is null) then
    for v_item in select value from jsonb_array_elements(a->'emit') loop
      perform put_webhook_event(v_org, v_run, v_item->>'key', v_item->>'event', v_item->'payload', v_item->>'sourceKey');
    end loop;
  end if;
  if a ? 'events' then
    for v_item in select value from jsonb_array_elements(a->'events') loop
      perform put_event((v_item->>'id')::uuid, v_item->>'name', v_item->'data', v_item->>'dedupe', v_org);
    end loop;
  end if;
  -- Something was resolved in the same moment: a driver that has just parked is woken; one that has just woken up, and
  -- whose park the resolver still saw, gets help from another lane.
  if (a->>'waits')::boolean then
    v_more := exists (select 1 from waitpoints where run_id = v_run and status = 'resolved' and not consumed);
    if v_more and v_u->>'parkedBy' is not null then
      perform put_event(gen_random_uuid(), 'run/wake', jsonb_build_object('runId', v_run), null, v_org);
    elsif v_more and (a->>'reading')::boolean then
      perform put_event(gen_random_uuid(), 'run/requested', jsonb_build_object('runId', v_run, 'generation', (a->>'g')::int, 'lane', id), 'lane:' || id, v_org)
      from waitpoints where run_id = v_run and status = 'resolved' and not consumed;
    end if;
  end if;
  if a ? 'open' and v_status <> all('{completed,failed,cancelled}') then
    perform take_early_callbacks(a->'open');
  end if;
  -- A place is free: the caller gives it to the next in line, in a transaction of its own.
  if v_key is not null and v_status = any('{completed,failed,cancelled}') then
    return jsonb_build_object('ok', true, 'status', v_status, 'freed', v_key, '_t', hot_touched(v_org, v_run, true));
  end if;
  return jsonb_build_object('ok', true, 'status', v_status,
    '_t', hot_touched(v_org, v_run, v_status = any('{completed,failed,cancelled}'), v_status = any('{waiting_approval,waiting_form,waiting_human}')));
end $$;
