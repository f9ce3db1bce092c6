-- One mail about all that waits, at a time of each member's own. Until then its event lies in the outbox; the worker that takes it plans the next one.

-- The event of a digest: found again by its name.
create or replace function digest_event(p_org uuid, p_user uuid, p_at timestamptz) returns uuid
language sql stable as $$
  select md5('digest:' || p_org || ':' || p_user || ':' || iso_text(p_at))::uuid
$$;

create or replace function put_digest_event(p_org uuid, p_user uuid, p_before timestamptz, p_next timestamptz) returns void
language plpgsql as $$
begin
  delete from event_outbox where id = digest_event(p_org, p_user, p_before);
  if p_next is null then return; end if;
  insert into event_outbox (id, name, data, dedupe_id, due_at, fair_key)
  values (digest_event(p_org, p_user, p_next), 'people/digest', jsonb_build_object('organizationId', p_org, 'userId', p_user, 'at', iso_text(p_next)),
    'digest:' || p_org || ':' || p_user || ':' || iso_text(p_next), p_next, p_org::text)
  on conflict do nothing;
  perform pg_notify('hp_events', '');
end $$;

-- What a member wants from now on; null: none.
create or replace function plan_digest(p_org uuid, p_user uuid, p_digest jsonb, p_next timestamptz) returns void
language plpgsql as $$
declare
  v_before timestamptz;
begin
  insert into notice_preferences (organization_id, user_id) values (p_org, p_user) on conflict do nothing;
  select digest_next into v_before from notice_preferences where organization_id = p_org and user_id = p_user for update;
  update notice_preferences set digest = p_digest, digest_next = p_next where organization_id = p_org and user_id = p_user;
  perform put_digest_event(p_org, p_user, v_before, p_next);
end $$;

-- The digest of this time goes out, where there is something to say, and the next one is planned. False where that was done, or something else is
-- wanted by now. `p_mail`: { subject, body }.
create or replace function send_digest(p_org uuid, p_user uuid, p_at timestamptz, p_next timestamptz, p_mail jsonb) returns boolean
language plpgsql as $$
begin
  update notice_preferences set digest_next = p_next where organization_id = p_org and user_id = p_user and digest_next = p_at;
  if not found then return false; end if;
  perform put_digest_event(p_org, p_user, p_at, p_next);
  with sent as (
    insert into deliveries (id, organization_id, kind, channel, address, subject, body)
    select gen_random_uuid(), p_org, 'message', 'email', u.email, p_mail->>'subject', p_mail->>'body'
    from users u where u.id = p_user and p_mail->>'subject' is not null
    returning id
  )
  insert into event_outbox (id, name, data, dedupe_id, fair_key)
  select gen_random_uuid(), 'delivery/requested', jsonb_build_object('deliveryId', id), 'delivery:' || id, p_org::text from sent;
  perform pg_notify('hp_events', '');
  return true;
end $$;
