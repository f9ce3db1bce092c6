-- Whoever may decide can ask the requester something first: the customer, in the conversation of the run, or the member who began it. The
-- question stays open, and its time stands still until the answer. One at a time. All under the lock of the run's row.

-- `a`: { org, id, questionId, messageId, by, byName, text, stands, actor, proof }. What stands against it is said as { ok: false, reason }: not_found, closed,
-- test, changed, asked (a question is open), not_asked (this person may not decide), customer_busy (another one is asked of the customer), nobody, self.
create or replace function ask_back(a jsonb) returns jsonb
language plpgsql as $$
declare
  v_org uuid := (a->>'org')::uuid;
  v_run runs%rowtype;
  v_wp waitpoints%rowtype;
  v_customer text;
  v_member record;
  v_question jsonb;
begin
  perform pg_advisory_xact_lock_shared(asking_lock(v_org));
  select r.* into v_run from runs r
  where r.id = (select run_id from waitpoints where id = (a->>'id')::uuid and organization_id = v_org) and r.organization_id = v_org
  for no key update;
  if not found then return jsonb_build_object('ok', false, 'reason', 'not_found'); end if;
  select * into v_wp from waitpoints where id = (a->>'id')::uuid and kind = 'approval';
  if not found then return jsonb_build_object('ok', false, 'reason', 'not_found'); end if;
  if v_wp.status <> 'open' or v_wp.given_decision is not null then return jsonb_build_object('ok', false, 'reason', 'closed'); end if;
  if v_run.test then return jsonb_build_object('ok', false, 'reason', 'test'); end if;
  if not stands(v_org, a->'stands') then return jsonb_build_object('ok', false, 'reason', 'changed'); end if;
  if v_wp.question_at is not null then return jsonb_build_object('ok', false, 'reason', 'asked'); end if;
  if not exists (select from deciding(v_org, array[v_wp.id]) d where a->>'by' = any(d.waiting))
    and not exists (select from stand_ins(v_org, array[v_wp.id]) g where g.to_id = (a->>'by')::uuid) then
    return jsonb_build_object('ok', false, 'reason', 'not_asked');
  end if;
  if v_run.conversation_id is not null then
    -- After the run, as everybody takes them.
    select k.name into v_customer from conversations c join contacts k on k.id = c.contact_id
    where c.id = v_run.conversation_id and c.organization_id = v_org for no key update of c;
    if not found then return jsonb_build_object('ok', false, 'reason', 'nobody'); end if;
    if exists (select from waitpoints where organization_id = v_org and question_in = v_run.conversation_id and status = 'open') then
      return jsonb_build_object('ok', false, 'reason', 'customer_busy');
    end if;
    insert into messages (id, organization_id, conversation_id, author, author_name, body, run_id)
    values ((a->>'messageId')::uuid, v_org, v_run.conversation_id, 'operator', a->>'byName', a->>'text', v_run.id);
    update conversations set updated_at = now() where id = v_run.conversation_id;
    perform pg_notify('hp_live', jsonb_build_object('organizationId', v_org,
      'kinds', jsonb_build_array('conversation', 'conversation:' || v_run.conversation_id))::text);
  else
    select p.user_id, u.name into v_member from people_asked_as(v_org) p join users u on u.id = p.user_id
    where p.user_id = v_run.initiated_by and p.role = any(answering_roles('approval'));
    if not found then return jsonb_build_object('ok', false, 'reason', 'nobody'); end if;
    if v_member.user_id = (a->>'by')::uuid then return jsonb_build_object('ok', false, 'reason', 'self'); end if;
  end if;
  v_question := jsonb_build_object('id', a->'questionId', 'by', a->'by', 'byName', a->'byName', 'text', a->'text', 'at', iso_text(clock_timestamp()),
    'toName', case when v_run.conversation_id is not null then v_customer else v_member.name end);
  update waitpoints set questions = questions || jsonb_build_array(v_question), question_at = clock_timestamp(), question_due = due_at, due_at = null,
    question_in = v_run.conversation_id, question_for = case when v_run.conversation_id is null then v_member.user_id end
  where id = v_wp.id;
  delete from event_outbox where id = any(array(select reminder_event(v_wp.id, at) from reminders_of(v_wp.request) as at));
  perform say_of_question(v_wp, v_run, 'info_requested', v_question->>'toName', a->'text', a->'actor', a->'proof');
  if v_run.conversation_id is null then perform tell_of_question(v_wp, v_question, 'question', a->>'byName'); end if;
  return jsonb_build_object('ok', true, 'to', v_question->'toName');
end $$;

-- Answers the open question: of a conversation, by its customer, or of one approval, by the member who is asked. `a`: { org, id or conversation, by, byName, text,
-- via, stands, actor, proof }, where `by` and `stands` only of members; where a working calendar counts also `times`, as server/modules/approvals/
-- time-after-answer.ts made them: { question, at, dueAt, reminders: { "<as frozen>": when } }. Reasons: none (no question is open), not_asked, changed.
create or replace function answer_question(a jsonb) returns jsonb
language plpgsql as $$
declare
  v_org uuid := (a->>'org')::uuid;
  v_id uuid := (a->>'id')::uuid;
  v_run runs%rowtype;
  v_wp waitpoints%rowtype;
  v_now timestamptz;
  v_times jsonb;
begin
  if a ? 'conversation' then
    select id into v_id from waitpoints where organization_id = v_org and question_in = (a->>'conversation')::uuid and status = 'open';
  end if;
  select r.* into v_run from runs r
  where r.id = (select run_id from waitpoints where id = v_id and organization_id = v_org) and r.organization_id = v_org for no key update;
  if not found then return jsonb_build_object('ok', false, 'reason', 'none'); end if;
  select * into v_wp from waitpoints where id = v_id and status = 'open' and question_at is not null;
  if not found then return jsonb_build_object('ok', false, 'reason', 'none'); end if;
  if a ? 'conversation' then
    if v_wp.question_in is distinct from (a->>'conversation')::uuid then return jsonb_build_object('ok', false, 'reason', 'none'); end if;
  elsif v_wp.question_for is distinct from (a->>'by')::uuid then
    return jsonb_build_object('ok', false, 'reason', 'not_asked');
  elsif not stands(v_org, a->'stands') then
    return jsonb_build_object('ok', false, 'reason', 'changed');
  end if;
  -- Made for another question, they say nothing of this one.
  v_times := case when a#>>'{times,question}' = v_wp.questions->-1->>'id' then a->'times' end;
  v_now := greatest(coalesce((v_times->>'at')::timestamptz, clock_timestamp()), v_wp.question_at);
  update waitpoints set questions = jsonb_set(questions, '{-1}', (questions->-1) || jsonb_build_object('answer', a->'text', 'answeredBy', a->'byName',
      'answeredAt', iso_text(v_now), 'via', a->'via')),
    due_at = coalesce((v_times->>'dueAt')::timestamptz, question_due + (v_now - question_at)), paused_ms = paused_ms + (extract(epoch from v_now - question_at) * 1000)::bigint,
    question_at = null, question_due = null, question_for = null, question_in = null
  where id = v_wp.id returning * into v_wp;
  -- Reminders come as much later as its time stood still.
  insert into event_outbox (id, name, data, dedupe_id, due_at, fair_key)
  select reminder_event(v_wp.id, r.at), 'people/asked', jsonb_build_object('waitpointId', v_wp.id, 'organizationId', v_org, 'reason', 'reminder', 'stage', r.at),
    'reminder:' || v_wp.id || ':' || r.at, r.later, v_org::text
  from (select at, coalesce((v_times->'reminders'->>at)::timestamptz, at::timestamptz + make_interval(secs => v_wp.paused_ms / 1000.0)) as later
    from reminders_of(v_wp.request) as at) as r where r.later > v_now
  on conflict do nothing;
  perform say_of_question(v_wp, v_run, 'info_given', a->>'byName', a->'text', a->'actor', a->'proof');
  perform tell_of_question(v_wp, v_wp.questions->-1, 'answered', a->>'byName');
  -- Whoever drives it waits for a time that is another one now.
  if v_run.parked_by is not null and v_run.status <> 'paused' then
    perform put_event(gen_random_uuid(), 'run/wake', jsonb_build_object('runId', v_run.id), null, v_org);
  end if;
  return jsonb_build_object('ok', true);
end $$;

-- In the record, the history, and on open pages. Of both only that it was asked, and of whom, is in the audit log: what was said belongs to the approval.
create or replace function say_of_question(p_wp waitpoints, p_run runs, p_what text, p_who text, p_text jsonb, p_actor jsonb, p_proof jsonb) returns void
language plpgsql as $$
begin
  perform put_audit(p_run.organization_id, p_actor, p_proof, 'approval.' || p_what, 'approval', p_wp.id::text,
    jsonb_build_object('runId', p_run.id, 'nodeId', p_wp.node_id, case p_what when 'info_requested' then 'of' else 'by' end, p_who), payload_hash(p_wp.request));
  perform put_run_events(p_run.id, p_run.organization_id, jsonb_build_array(jsonb_build_object('type', 'approval.' || p_what, 'actor', p_actor,
    'data', step_name(p_run.id, p_wp.key) || jsonb_build_object('node_id', p_wp.node_id, 'waitpoint_id', p_wp.id, 'to', jsonb_build_array(p_who), 'comment', p_text))));
  perform pg_notify('hp_live', jsonb_build_object('organizationId', p_run.organization_id, 'runIds', jsonb_build_array(p_run.id), 'kinds', jsonb_build_array('run'))::text);
end $$;

-- Whoever is asked something, or gets the answer, is told as whoever is asked to decide is (22-told.sql).
create or replace function tell_of_question(p_wp waitpoints, p_question jsonb, p_reason text, p_from text) returns void
language plpgsql as $$
begin
  insert into event_outbox (id, name, data, dedupe_id, fair_key)
  values (gen_random_uuid(), 'people/asked', jsonb_build_object('waitpointId', p_wp.id, 'organizationId', p_wp.organization_id, 'reason', p_reason,
    'stage', p_question->'id', 'from', jsonb_build_array(p_from)), p_reason || ':' || (p_question->>'id'), p_wp.organization_id::text);
  perform pg_notify('hp_events', '');
end $$;
