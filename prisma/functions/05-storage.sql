-- Room on each page for new versions of a row: the journal's updates then stay on their page and touch no index.
alter table runs set (fillfactor = 60, autovacuum_vacuum_scale_factor = 0.05);
alter table step_runs set (fillfactor = 90);
alter table waitpoints set (fillfactor = 80);
alter table exec_jobs set (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02);
alter table event_outbox set (autovacuum_vacuum_scale_factor = 0.02);
