-- True while a legal hold of the organization, of the workflow or of the run itself lasts: then nothing of the run is deleted.
create or replace function run_is_held(p_org uuid, p_workflow uuid, p_run uuid) returns boolean
language sql stable as $$
  select exists (
    select from legal_holds
    where organization_id = p_org and lifted_at is null and (subject_type = 'organization'
      or (subject_type = 'workflow' and subject_id = p_workflow) or (subject_type = 'run' and subject_id = p_run)))
$$;
