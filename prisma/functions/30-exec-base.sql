-- The embedded executor (inngest/embedded): what the other exec files stand on.

-- Columns keep milliseconds and round: "due" therefore means due within the next one.
create sequence if not exists exec_fence;
create index if not exists exec_jobs_ready on exec_jobs (run_at) where leased_by is null and blocked_on is null;
create index if not exists exec_jobs_fair on exec_jobs (fair_key, run_at) where leased_by is null and blocked_on is null;
create index if not exists exec_jobs_leased on exec_jobs (leased_by) where leased_by is not null;
create index if not exists exec_jobs_blocked on exec_jobs (blocked_on, run_at) where blocked_on is not null;
create index if not exists exec_jobs_limits on exec_jobs using gin (limit_keys) where leased_by is not null and limit_keys <> '{}';

create or replace function exec_ms(p_at timestamptz) returns double precision
language sql immutable as $$ select floor(extract(epoch from p_at) * 1000)::double precision $$;

create or replace function exec_time(p_ms jsonb) returns timestamptz
language sql immutable as $$ select to_timestamp((p_ms #>> '{}')::double precision / 1000) $$;

-- The worker that may be given calls now, or null: one that was declared dead finds out at its next heartbeat, and gets none
-- until then.
create or replace function exec_living(p_worker uuid) returns uuid
language sql stable as $$ select id from exec_workers where id = p_worker and not dead $$;

drop function if exists exec_put_event(text, text, jsonb);

create or replace function exec_put_event(p_name text, p_id text, p_data jsonb, p_key text) returns void
language plpgsql as $$
begin
  insert into event_outbox (id, name, data, dedupe_id, fair_key) values (gen_random_uuid(), p_name, p_data, p_id, p_key);
  perform pg_notify('hp_events', '');
end $$;
