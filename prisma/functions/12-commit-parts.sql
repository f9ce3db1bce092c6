drop function if exists hot_commit(jsonb);

-- Memos of commits that belong to a step of a driver, of these items. Gives the first whose driver may not record any more, as its
-- call is over or was taken over. A memo that `stays` with the worker is written at the end of its call. The share lock keeps a
-- take-over from happening before the commit.
create or replace function commit_memos(p_items jsonb, p_at int[]) returns int
language plpgsql as $$
declare
  v_first int;
begin
  with asked as materialized (
    select i.at, m.* from unnest(p_at) as i(at), jsonb_to_record(p_items->i.at->'a'->'m') as m(x uuid, j text, f bigint, h text, n text, d jsonb, stays boolean)
    where jsonb_typeof(p_items->i.at->'a'->'m') = 'object'
  ), held as (
    select asked.at from asked join exec_jobs on exec_run = x and step_id = j and fence = f and leased_by is not null where stays for share of exec_jobs
  )
  select min(at) into v_first from asked
  where case when stays then at not in (select at from held) else not exec_put_memo(x::text, j, f, h, n, d) end;
  return v_first;
end $$;

-- Answers that are given anew, and what came of them, leave the fold.
create or replace function commit_supersede(a jsonb) returns void
language plpgsql as $$
declare
  v_run uuid := (a->>'r')::uuid;
begin
  update step_runs set superseded = true, superseded_seq = (a->>'s')::bigint
  where run_id = v_run and not superseded and generation <= (a->>'g')::int and key = any(array(select jsonb_array_elements_text(a->'supersede')));
  update waitpoints set status = 'superseded'
  where run_id = v_run and kind = 'approval' and status = 'resolved' and outcome is distinct from 'rejected'
    and key = any(array(select jsonb_array_elements_text(a->'supersede')));
end $$;

-- What few commits have beside their steps: waits that end and begin, receipts, messages, events. The caller holds the lock of the run's
-- row; `p_status` is how the run stands after the commit, `p_item` names it in errors.
create or replace function commit_parts(a jsonb, p_status text, p_item int) returns void
language plpgsql as $$
declare
  v_run uuid := (a->>'r')::uuid;
  v_org uuid := (a->>'o')::uuid;
  v_item jsonb;
  v_more boolean;
  v_count int;
begin
  if a ? 'due' then
    update waitpoints set status = 'resolved', outcome = case when kind in ('approval', 'form', 'handoff') then 'timed_out' else 'due' end,
      resolved_via = 'timer', resolved_at = now(), consumed = true
    where id = any(array(select jsonb_array_elements_text(a->'due'))::uuid[]) and status = 'open' and given_decision is null
      -- Whose time stands still for a question, or stood still, is over later than its driver read.
      and (questions = '[]' or due_at <= now());
    get diagnostics v_count = row_count;
    if v_count <> jsonb_array_length(a->'due') then
      raise exception 'waitpoint_race' using errcode = 'HP002', hint = 'item ' || p_item;
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
    insert into waitpoints (id, organization_id, run_id, workflow_id, key, node_id, kind, assignees, request, due_at, on_due, token_hash, money_currency, money_amount)
    select (value->>'id')::uuid, v_org, v_run, (a->>'f')::uuid, value->>'key', value->>'nodeId', value->>'kind',
           array(select jsonb_array_elements_text(value->'assignees')), value->'request',
           to_timestamp((value->>'dueAt')::double precision / 1000), nullif(value->'onDue', 'null'::jsonb), value->>'tokenHash',
           value#>>'{request,money,currency}', (value#>>'{request,money,amount}')::numeric
    from jsonb_array_elements(a->'open');
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
    if v_more and a->'u'->>'parkedBy' is not null then
      perform put_event(gen_random_uuid(), 'run/wake', jsonb_build_object('runId', v_run), null, v_org);
    elsif v_more and (a->>'reading')::boolean then
      perform put_event(gen_random_uuid(), 'run/requested', jsonb_build_object('runId', v_run, 'generation', (a->>'g')::int, 'lane', id), 'lane:' || id, v_org)
      from waitpoints where run_id = v_run and status = 'resolved' and not consumed;
    end if;
  end if;
  if a ? 'open' and p_status <> all('{completed,failed,cancelled}') then
    perform take_early_callbacks(a->'open');
  end if;
end $$;
