-- Files that people add to forms: arriving, loose, and bound to the run whose answer they stand in (ADR 0037).

-- Begins an upload, or says why not: `closed` (the form is not open any more), `too_many` or `too_much` lie there without an answer.
create or replace function begin_file(a jsonb) returns text
language plpgsql as $$
declare
  v_org uuid := (a->>'org')::uuid;
  v_count bigint;
  v_bytes bigint;
begin
  if a ? 'waitpoint' and not exists (
    select from waitpoints where id = (a->>'waitpoint')::uuid and organization_id = v_org and kind = 'form' and status = 'open') then
    return 'closed';
  end if;
  -- One after another: what lies there is counted with what comes at the same moment.
  perform pg_advisory_xact_lock(hashtextextended('files:' || (a->>'org'), 0));
  select count(*) into v_count from files
  where organization_id = v_org and state <> 'bound'
    and case when a ? 'waitpoint' then waitpoint_id = (a->>'waitpoint')::uuid else submission_id = (a->>'submission')::uuid end;
  if v_count >= (a->>'mostOfForm')::int then return 'too_many'; end if;
  select coalesce(sum(size), 0) into v_bytes from files where organization_id = v_org and state <> 'bound';
  if v_bytes + (a->>'size')::bigint > (a->>'mostBytes')::bigint then return 'too_much'; end if;
  -- Until it is known how large it is, it counts as large as it may become.
  insert into files (id, organization_id, waitpoint_id, trigger_id, submission_id, question, name, size, uploaded_by)
  values ((a->>'id')::uuid, v_org, (a->>'waitpoint')::uuid, a->>'trigger', (a->>'submission')::uuid, a->>'question', a->>'name',
    (a->>'size')::bigint, a->>'by');
  return 'begun';
end $$;

-- Whether all of these are there, loose and of this form. They stay so until the transaction ends.
create or replace function files_are_loose(p_ids jsonb, p_waitpoint uuid) returns boolean
language plpgsql as $$
declare
  v_found int;
begin
  perform from files where id in (select value::uuid from jsonb_array_elements_text(p_ids)) and waitpoint_id = p_waitpoint and state = 'loose'
  order by id for update;
  get diagnostics v_found = row_count;
  return v_found = jsonb_array_length(p_ids);
end $$;

-- From here on they belong to the run, and go when it goes.
create or replace function bind_files(p_ids jsonb, p_run uuid) returns void
language sql as $$
  update files set state = 'bound', run_id = p_run where id in (select value::uuid from jsonb_array_elements_text(p_ids)) and state = 'loose'
$$;
