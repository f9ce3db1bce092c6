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
  insert into event_outbox (id, name, data, dedupe_id, fair_key)
  select gen_random_uuid(), 'delivery/requested', jsonb_build_object('deliveryId', id), 'delivery:' || id, p_org::text from sent;
  if found then perform pg_notify('hp_events', ''); end if;
end $$;

-- An id as people see it: the prefix and the same 128 bits in Crockford base 32 (core/ids.ts).
create or replace function show_id(p_prefix text, p_id uuid) returns text
language sql immutable as $$
  select p_prefix || '_' || string_agg(substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', substring(b.bits from 1 + 5 * i for 5)::bit(5)::int + 1, 1), '' order by i)
  from (select B'00' || ('x' || replace(p_id::text, '-', ''))::bit(128) as bits) b, generate_series(0, 25) i
$$;

drop function if exists put_run_ended(uuid);

-- Tells everyone who wants to know that a run has ended: the subscribers of its lifecycle, and the address it was started with.
-- Called in the transaction of every end, however it came about: completed, failed or cancelled. Once per end: a retried run ends again.
create or replace function put_run_ended(p_runs uuid[]) returns void
language plpgsql as $$
declare
  v_run runs%rowtype;
  v_payload jsonb;
  v_source text;
  v_delivery uuid;
begin
  for v_run in
    select * from runs r where r.id = any(p_runs) and (r.callback_url is not null or (not r.test and exists (
      select 1 from webhook_subscriptions where organization_id = r.organization_id and disabled_at is null)))
  loop
    v_source := v_run.id || ':g' || v_run.generation || ':';
    v_payload := jsonb_build_object(
      'id', show_id('run', v_run.id), 'run_id', v_run.id, 'workflow', (select slug from workflows where id = v_run.workflow_id),
      'version', v_run.version, 'status', v_run.status, 'output', v_run.output,
      'error', case when jsonb_typeof(v_run.error) = 'object' then jsonb_build_object(
        'code', v_run.error->'code', 'message', v_run.error->'message', 'node_id', v_run.error->'nodeId') end,
      'warnings', coalesce(v_run.warnings, '[]'::jsonb), 'message', v_run.end_message,
      'failure_reason', v_run.failure_reason, 'cancel_reason', v_run.cancel_reason,
      'ended_at', to_char(v_run.ended_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'));
    if not v_run.test then
      perform put_webhook_event(v_run.organization_id, v_run.id, null, 'run.' || v_run.status, v_payload, v_source || v_run.status);
    end if;
    continue when v_run.callback_url is null;
    insert into deliveries (id, organization_id, run_id, step_key, kind, channel, address, subject, body, payload, source_key)
    values (gen_random_uuid(), v_run.organization_id, v_run.id, null, 'webhook', 'webhook', v_run.callback_url, 'run.' || v_run.status, '',
            v_payload, v_source || 'callback')
    on conflict (source_key) do nothing
    returning id into v_delivery;
    if v_delivery is not null then
      perform put_event(gen_random_uuid(), 'delivery/requested', jsonb_build_object('deliveryId', v_delivery), 'delivery:' || v_delivery,
        v_run.organization_id);
    end if;
  end loop;
end $$;

-- How a run stands or came to its end, as server/modules/runs/outcome-store.ts reads it.
create or replace function run_end(p_run runs) returns jsonb
language sql immutable as $$
  select jsonb_build_object('status', p_run.status, 'version', p_run.version, 'output', p_run.output, 'error', p_run.error,
    'cancelReason', p_run.cancel_reason, 'message', p_run.end_message)
$$;

-- What whoever waits for the end of a run is told: its id, and how it ended where a notice (less than 8000 bytes) holds that. A process of
-- an earlier version takes such a notice for a list of ids and finds the run's at its beginning.
create or replace function end_notice(p_run uuid, p_end jsonb) returns text
language sql immutable as $$
  select case when octet_length(p_end::text) < 7900 then p_run || ',' || p_end else p_run::text end
$$;
