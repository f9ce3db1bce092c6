-- The executor's part of hot_batch.

create or replace function exec_hot(k text, a jsonb) returns jsonb
language plpgsql set enable_seqscan = off as $$
begin
  return case k
    when 'exec_accept' then exec_accept(a)
    when 'exec_answer' then exec_answer(a)
    when 'exec_checkpoint' then exec_checkpoint(a)
    when 'exec_signal' then exec_signal(a)
    when 'exec_release' then exec_release(a)
    when 'exec_cron_fire' then exec_cron_fire(a)
    else exec_unknown(k)
  end;
end $$;

create or replace function exec_unknown(k text) returns jsonb
language plpgsql as $$
begin
  raise exception 'No hot-path function is called "%".', k;
end $$;
