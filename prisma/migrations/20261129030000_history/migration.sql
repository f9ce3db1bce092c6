-- One tense and one style for what earlier versions wrote into the history of runs.
UPDATE "run_events" SET "type" = CASE "type"
    WHEN 'run.pause' THEN 'run.paused'
    WHEN 'run.resume' THEN 'run.resumed'
    WHEN 'run.retry' THEN 'run.retried'
    WHEN 'run.cancel' THEN 'run.cancelled'
    ELSE 'run.created'
  END
WHERE "type" IN ('run.pause', 'run.resume', 'run.retry', 'run.cancel', 'run.requested');
UPDATE "run_events" SET "data" = ("data" - 'nodeId' - 'waitpointId') || jsonb_strip_nulls(jsonb_build_object('node_id', "data"->'nodeId', 'waitpoint_id', "data"->'waitpointId'))
WHERE "data" ? 'nodeId' OR "data" ? 'waitpointId';
