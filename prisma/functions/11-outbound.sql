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
