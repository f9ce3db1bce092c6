-- Tells somebody that they answer for a member who is away: a notice, and a mail where they want one at once. `a`: { userId, from, headline, subject, body }.
create or replace function tell_deputy(p_org uuid, a jsonb) returns void
language plpgsql as $$
begin
  insert into notices (id, organization_id, user_id, kind, reason, headline, came_from)
  values (gen_random_uuid(), p_org, (a->>'userId')::uuid, 'absence', 'deputy', a->>'headline', array[a->>'from']);
  with sent as (
    insert into deliveries (id, organization_id, kind, channel, address, subject, body)
    select gen_random_uuid(), p_org, 'message', 'email', u.email, a->>'subject', a->>'body'
    from users u left join notice_preferences wish on wish.organization_id = p_org and wish.user_id = u.id
    where u.id = (a->>'userId')::uuid and coalesce(wish.email, 'each') = 'each'
    returning id
  )
  insert into event_outbox (id, name, data, dedupe_id, fair_key)
  select gen_random_uuid(), 'delivery/requested', jsonb_build_object('deliveryId', id), 'delivery:' || id, p_org::text from sent;
  perform pg_notify('hp_events', '');
end $$;
