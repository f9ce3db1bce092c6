-- What a run had when it stood at a position: every row that was settled by then and had not left the fold. A snapshot is no copy,
-- only such a position: the `seq` of the step that had just been recorded. Open rows (a loop's own, other branches at work)
-- are left out; finished items of an open loop stay and are adopted when the loop opens again, as after a retry.
create or replace function snapshot_rows(p_run uuid, p_position bigint) returns setof step_runs
language sql stable as $$
  select * from step_runs
  where run_id = p_run and seq <= p_position and (not superseded or superseded_seq >= p_position)
    and (status = any('{completed,skipped}') or (status = 'failed' and handle is not null))
$$;

-- Makes a new run that goes on from a snapshot of another one. `a`: as for hot_start_run, and { source, position, snapshotId,
-- inputEdits, without, askedAgain }: `without` are the keys of approvals that are asked again, and of what came after them. The old run is only read. The driver finds a journal and folds it, so nothing that is in it is done again.
create or replace function hot_restore(a jsonb) returns jsonb
language plpgsql as $$
declare
  v_run uuid := (a->>'id')::uuid;
  v_org uuid := (a->>'org')::uuid;
  v_position bigint := (a->>'position')::bigint;
  v_kept int;
  v_started jsonb;
begin
  v_started := hot_start_run(a);
  if not (v_started->>'ok')::boolean or coalesce((v_started->>'existing')::boolean, false) then return v_started; end if;
  insert into step_runs (run_id, key, seq, generation, id, organization_id, node_id, iteration, name, type, status, attempt, handle,
                         engine, input, output, error, summary, attempts, warnings, started_at, ended_at, duration_ms)
  select v_run, key, seq, 1, gen_random_uuid(), v_org, node_id, iteration, name, type, status, attempt, handle,
         nullif(engine - '{memo,toldTo}'::text[], '{}'::jsonb), input, output, error, summary, attempts, warnings, started_at, ended_at, duration_ms
  from snapshot_rows((a->>'source')::uuid, v_position)
  where key <> all(array(select jsonb_array_elements_text(a->'without')));
  get diagnostics v_kept = row_count;
  perform settle_repair((a->>'source')::uuid, 'restored', a->'actor', null);
  update runs set seq = v_position, input_edits = nullif(a->'inputEdits', 'null'::jsonb) where id = v_run;
  perform put_run_events(v_run, v_org, jsonb_build_array(jsonb_build_object('type', 'run.restored', 'actor', a->'actor', 'data',
    jsonb_build_object('from_run_id', a->'source', 'snapshot_id', a->'snapshotId', 'position', v_position, 'node_id', a->'nodeId',
      'name', a->'nodeName', 'kept_steps', v_kept, 'asked_again', a->'askedAgain'))));
  perform put_audit(v_org, a->'actor', a->'proof', 'run.restored', 'run', v_run::text,
    jsonb_strip_nulls(jsonb_build_object('from', a->'source', 'snapshotId', a->'snapshotId', 'keptSteps', v_kept,
      'patched', (select jsonb_agg(field order by field) from jsonb_object_keys(nullif(a->'inputEdits', 'null'::jsonb)) field))),
    payload_hash(nullif(a->'inputEdits', 'null'::jsonb)));
  return v_started;
end $$;
