-- The queue of the operators' console: what each conversation waits for, kept by whoever changes it, through whatever door.
create index if not exists conversations_handed_over on conversations (organization_id, updated_at desc, id desc) where handed_over_at is not null;
create index if not exists conversations_unanswered on conversations (organization_id, updated_at desc, id desc) where needs_answer_since is not null;
create index if not exists conversations_claimed on conversations (organization_id, assigned_to_id, updated_at desc, id desc) where assigned_to_id is not null;
create index if not exists conversations_open on conversations (organization_id, updated_at desc, id desc) where closed_at is null;
create index if not exists conversations_closed on conversations (organization_id, updated_at desc, id desc) where closed_at is not null;
create index if not exists runs_of_contact on runs (organization_id, contact_id, created_at desc, id desc) where contact_id is not null;

create or replace function tell_conversation(p_org uuid, p_conversation uuid) returns void language sql as $$
  select pg_notify('hp_live', jsonb_build_object('organizationId', p_org, 'kinds', jsonb_build_array('conversation', 'conversation:' || p_conversation))::text)
$$;

-- A person of the team answered, or the customer wrote: then it is open again.
create or replace function message_moves_queue() returns trigger language plpgsql as $$
begin
  if new.author = 'contact' then
    update conversations set last_customer_at = new.created_at, closed_at = null
    where id = new.conversation_id and organization_id = new.organization_id;
  else
    update conversations set needs_answer_since = null, needs_answer_to = null
    where id = new.conversation_id and organization_id = new.organization_id and needs_answer_since is not null;
  end if;
  return null;
end $$;
create or replace trigger message_moves_queue
  after insert on messages
  for each row when (new.author in ('contact', 'operator'))
  execute function message_moves_queue();

-- What became of a customer's message: one that nothing took waits for a person, unless one has answered since. Offered again and taken, it does not.
create or replace function message_outcome_moves_queue() returns trigger language plpgsql as $$
declare
  v_message record;
begin
  if new.external_id !~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then return null; end if;
  select id, conversation_id, created_at into v_message from messages
  where id = new.external_id::uuid and organization_id = new.organization_id and author = 'contact';
  if not found then return null; end if;
  if jsonb_path_exists(coalesce(new.results, '[]'), '$[*].runId') then
    update conversations set needs_answer_since = null, needs_answer_to = null
    where id = v_message.conversation_id and needs_answer_to = v_message.id;
  else
    update conversations set needs_answer_since = coalesce(needs_answer_since, v_message.created_at), needs_answer_to = v_message.id
    where id = v_message.conversation_id and not exists (
      select from messages where conversation_id = v_message.conversation_id and created_at >= v_message.created_at and author = 'operator'
    );
  end if;
  if found then perform tell_conversation(new.organization_id, v_message.conversation_id); end if;
  return null;
end $$;
create or replace trigger message_outcome_moves_queue
  after update of results, dead_at on inbound_events
  for each row when (new.name = 'conversation.message' and new.external_id is not null and (new.results is not null or new.dead_at is not null))
  execute function message_outcome_moves_queue();

-- A run hands its conversation over, and takes it back. A test hands over nothing, and the question whether a call happened is no conversation.
create or replace function handoff_moves_queue() returns trigger language plpgsql as $$
begin
  if new.status = 'open' then
    update conversations c set handed_over_at = coalesce(c.handed_over_at, new.created_at), closed_at = null
    from runs r where r.id = new.run_id and not r.test and c.id = r.conversation_id and c.organization_id = new.organization_id;
  else
    update conversations c set handed_over_at = null, assigned_to_id = null, claimed_at = null
    from runs r
    where r.id = new.run_id and not r.test and c.id = r.conversation_id and c.organization_id = new.organization_id and not exists (
      select from waitpoints w join runs o on o.id = w.run_id
      where o.conversation_id = c.id and not o.test and w.kind = 'handoff' and w.status = 'open'
        and coalesce(w.request->>'unknownOutcome', '') <> 'true'
    );
  end if;
  return null;
end $$;
create or replace trigger handoff_moves_queue
  after insert on waitpoints
  for each row when (new.kind = 'handoff' and new.status = 'open' and coalesce(new.request->>'unknownOutcome', '') <> 'true')
  execute function handoff_moves_queue();
create or replace trigger handoff_leaves_queue
  after update of status on waitpoints
  for each row when (new.kind = 'handoff' and old.status = 'open' and new.status <> 'open' and coalesce(new.request->>'unknownOutcome', '') <> 'true')
  execute function handoff_moves_queue();
