-- Room on each page for new versions of a row: the journal's updates then stay on their page and touch no index.
alter table runs set (fillfactor = 60, autovacuum_vacuum_scale_factor = 0.05);
alter table step_runs set (fillfactor = 90);
alter table waitpoints set (fillfactor = 80);
alter table exec_jobs set (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02);
alter table event_outbox set (autovacuum_vacuum_scale_factor = 0.02);

-- Nothing is looked up by the inside of a payload, and measuring the values of those columns is most of what analysing a table costs.
do $$
declare
  v_column record;
begin
  for v_column in
    select c.relname as table_name, a.attname as column_name
    from pg_attribute a join pg_class c on c.oid = a.attrelid
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.atttypid = 'jsonb'::regtype and a.attnum > 0
      and not a.attisdropped and a.attstattarget is distinct from 0
  loop
    execute format('alter table %I alter column %I set statistics 0', v_column.table_name, v_column.column_name);
  end loop;
end $$;
