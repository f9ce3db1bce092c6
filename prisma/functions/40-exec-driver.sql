-- What the executor knows of the drivers of workflow runs: asked by the sweeper before it takes silence for death.
-- A driver is a function run that `run/requested` started, so the index holds nothing else, and grows with open runs only.

create index if not exists exec_runs_driver on exec_runs ((events #>> '{0,data,runId}')) where events #>> '{0,name}' = 'run/requested';

-- Is a call of a driver of this run and generation to be made or under way, leased or not? An index probe by the run.
create or replace function exec_has_call(p_run uuid, p_generation int) returns boolean
language plpgsql stable set enable_seqscan = off as $$
begin
  return exists (
    select 1 from exec_runs r
    where r.events #>> '{0,data,runId}' = p_run::text and r.events #>> '{0,name}' = 'run/requested'
      and r.events #> '{0,data,generation}' = to_jsonb(p_generation)
      and exists (select 1 from exec_jobs where exec_run = r.id)
  );
end $$;

-- Does this function run still exist: has it something to do, or does it wait?
create or replace function exec_alive(p_exec_run uuid) returns boolean
language sql stable as $$ select exists (select 1 from exec_runs where id = p_exec_run) $$;
