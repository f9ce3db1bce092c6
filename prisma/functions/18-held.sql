-- True while a legal hold of the organization, of the workflow or of the run itself lasts: then nothing of the run is deleted.
create or replace function run_is_held(p_org uuid, p_workflow uuid, p_run uuid) returns boolean
language sql stable as $$
  select exists (
    select from legal_holds
    where organization_id = p_org and lifted_at is null and (subject_type = 'organization'
      or (subject_type = 'workflow' and subject_id = p_workflow) or (subject_type = 'run' and subject_id = p_run)))
$$;

-- True while a run must not be deleted, by whoever: it is held, it has not ended, or it ended within its organization's minimum of days.
create or replace function run_is_kept(p_run runs, p_now timestamptz) returns boolean
language sql stable as $$
  select p_run.ended_at is null or run_is_held(p_run.organization_id, p_run.workflow_id, p_run.id)
    or p_run.ended_at > p_now - make_interval(days => (select minimum_retention_days from organizations where id = p_run.organization_id))
$$;
