-- pause, resume, cancel: status changes by people, compare-and-set on the statuses that allow them.
create or replace function hot_control(a jsonb) returns jsonb
language plpgsql as $$
declare
  v_run runs%rowtype;
  v_verb text := a->>'verb';
  v_log jsonb := '[]'::jsonb;
begin
  select * into v_run from runs where id = (a->>'id')::uuid and organization_id = (a->>'org')::uuid for no key update;
  if not found then return jsonb_build_object('ok', false, 'reason', 'not_found'); end if;
  if not (v_run.status = any(array(select jsonb_array_elements_text(a->'from')))) then
    return jsonb_build_object('ok', false, 'reason', 'state', 'status', v_run.status);
  end if;
  -- What a move to another version keeps was worked out from what had been done by then.
  if a ? 'goOn' and v_run.generation <> (a->'goOn'->>'generation')::int then
    return jsonb_build_object('ok', false, 'reason', 'changed', 'status', v_run.status);
  end if;
  if v_verb = 'pause' then
    update runs set status = 'paused', status_below = v_run.status where id = v_run.id;
  elsif v_verb = 'resume' then
    update runs set status = case when v_run.started_at is null then 'pending' else coalesce(v_run.status_below, 'running') end, status_below = null,
      generation = v_run.generation + 1, parked_by = null, busy = false, drivers = null, revivals = 0 where id = v_run.id;
    -- One that still waits for a place goes on waiting.
    if v_run.queued_at is null then
      perform put_event((a->>'eventId')::uuid, 'run/requested', jsonb_build_object('runId', v_run.id, 'generation', v_run.generation + 1),
        v_run.id || ':' || (v_run.generation + 1), v_run.organization_id);
    end if;
    perform put_event(gen_random_uuid(), 'run/wake', jsonb_build_object('runId', v_run.id), null, v_run.organization_id);
  elsif v_verb = 'cancel' then
    update runs set status = 'cancelled', status_below = null, cancel_reason = a->>'reason', ended_at = now(), parked_by = null, busy = false, drivers = null, next_due_at = null
    where id = v_run.id;
    update waitpoints set status = 'cancelled', consumed = true, resolved_at = now(), resolved_via = 'system'
    where run_id = v_run.id and status = 'open';
    with stopped as (
      update step_runs set status = 'cancelled', ended_at = now()
      where run_id = v_run.id and not superseded and status in ('pending', 'running', 'waiting')
      returning seq, node_id, name, iteration, attempt
    )
    select coalesce(jsonb_agg(jsonb_build_object('type', 'step.cancelled', 'data', jsonb_strip_nulls(jsonb_build_object(
      'node_id', node_id, 'name', name, 'iteration', nullif(iteration, ''), 'attempt', attempt))) order by seq), '[]'::jsonb)
    into v_log from stopped;
    perform put_event(gen_random_uuid(), 'run/wake', jsonb_build_object('runId', v_run.id), null, v_run.organization_id);
    perform put_run_ended(array[v_run.id]);
  elsif v_verb = 'retry' then
    -- Somebody lets the failed step be: it takes the way on that `onError: continue` would have taken, and gave nothing.
    if a ? 'skip' then
      update step_runs set handle = a->'skip'->>'handle', engine = engine - 'failure'
      where run_id = v_run.id and key = a->'skip'->>'key' and status = 'failed' and handle is null and not superseded;
      if not found then return jsonb_build_object('ok', false, 'reason', 'state', 'status', v_run.status); end if;
      v_log := jsonb_build_array(jsonb_build_object('type', 'step.let_be', 'actor', a->'actor', 'data', jsonb_strip_nulls(jsonb_build_object(
        'node_id', a->'skip'->'nodeId', 'iteration', a->'skip'->'iteration', 'name', a->'skip'->'name', 'reason', a->'reason'))));
    end if;
    -- Failures that were dealt with (a handle was taken) stay; what was cut off or failed for good leaves the fold. Finished
    -- items of a loop whose own row goes are adopted by the loop when it opens again. An unsafe call that was cut off stays,
    -- unless its step was named: its driver finds the intent and asks a person instead of calling blindly.
    update step_runs set superseded = true, superseded_seq = v_run.seq
    where run_id = v_run.id and not superseded
      and ((status = any('{pending,running,waiting,cancelled}') and not (status = 'cancelled' and coalesce((engine->>'intent')::boolean, false)))
           or (status = 'failed' and handle is null)
           or node_id = any(array(select jsonb_array_elements_text(a->'supersede')))
           or key = any(array(select jsonb_array_elements_text(a->'goOn'->'dropped'))));
    -- It goes on with another version: what that one does not believe of the record left the fold above.
    if a ? 'goOn' then
      update runs set version_id = (a->'goOn'->>'versionId')::uuid, version = (a->'goOn'->>'version')::int, moved_seq = v_run.seq where id = v_run.id;
    end if;
    update runs set status = case when v_run.concurrency_key is null then 'running' else 'pending' end,
      -- It gave its place away when it ended: back in line, and the caller gives it a place when there is one.
      queued_at = case when v_run.concurrency_key is not null then now() end,
      status_below = null, generation = v_run.generation + 1, ended_at = null, error = null, output = null,
      failure_reason = null, cancel_reason = null, warnings = null, end_message = null, parked_by = null, busy = false, drivers = null, revivals = 0, active_ms = 0,
      input_edits = case when a ? 'inputEdits' then a->'inputEdits' else input_edits end
    where id = v_run.id;
    perform settle_repair(v_run.id, case when a ? 'skip' then 'skipped' when a ? 'patch' then 'fixed' when a ? 'goOn' then 'moved' else 'retried' end, a->'actor',
      case when a ? 'skip' then a->>'reason' end);
    if a ? 'round' then
      update repair_tries set result = 'trying', generation = v_run.generation + 1
      where round_id = (a->'round'->>'id')::uuid and position = (a->'round'->>'position')::int;
    end if;
    if v_run.concurrency_key is null then
      perform put_event((a->>'eventId')::uuid, 'run/requested', jsonb_build_object('runId', v_run.id, 'generation', v_run.generation + 1),
        v_run.id || ':' || (v_run.generation + 1), v_run.organization_id);
    end if;
  end if;
  -- A correction changes what others have approved, so the log has it: `audited` is the patch with what is sensitive as hashes.
  perform put_audit(v_run.organization_id, a->'actor', a->'proof', 'run.' || v_verb, 'run', v_run.id::text,
    jsonb_build_object('reason', a->'reason', 'from', v_run.status) || jsonb_strip_nulls(jsonb_build_object('fromStep', a->'fromStep', 'skipped', a->'skip'->'key',
      'version', a->'goOn'->'version', 'versionBefore', case when a ? 'goOn' then v_run.version end,
      'patch', coalesce(a->'audited', a->'patch'))), payload_hash(coalesce(a->'audited', a->'patch')));
  -- `position`: snapshots up to there were taken before a retry's correction; `patched`: since which generation it is used.
  perform put_run_events(v_run.id, v_run.organization_id, v_log || jsonb_build_array(jsonb_build_object(
    'type', case v_verb when 'pause' then 'run.paused' when 'resume' then 'run.resumed' when 'cancel' then 'run.cancelled' else 'run.retried' end,
    'actor', a->'actor',
    'data', jsonb_strip_nulls(jsonb_build_object('reason', a->'reason', 'from_step', a->'fromStep', 'position', case when v_verb = 'retry' then v_run.seq end,
      'version', a->'goOn'->'version', 'version_before', case when a ? 'goOn' then v_run.version end))
      || case when v_verb = 'retry' and a ? 'inputEdits' then jsonb_build_object('patched', v_run.generation + 1, 'patch', coalesce(a->'patch', '{}'::jsonb)) else '{}'::jsonb end)));
  if v_run.concurrency_key is not null and v_verb <> 'pause' then
    return jsonb_build_object('ok', true, 'from', v_run.status, 'freed', v_run.concurrency_key, 'workflow', v_run.workflow_id,
      '_t', hot_touched(v_run.organization_id, v_run.id, v_verb = 'cancel'));
  end if;
  return jsonb_build_object('ok', true, 'from', v_run.status, '_t', hot_touched(v_run.organization_id, v_run.id, v_verb = 'cancel'));
end $$;
