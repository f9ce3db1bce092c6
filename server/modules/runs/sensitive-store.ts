import type { Json } from "@/core/json";
import { hotPool } from "@/server/db/pools";
import type { OrganizationId } from "@/server/db/tenant";

/**
 * What was recorded of these nodes, and of every step whose connection keeps no answers on record, in all tries and iterations.
 * Runs without such calls are told by their receipts, which an index finds; restored ones have none of what they took over.
 */
export async function listValuesOfNodes(runId: string, nodeIds: readonly string[]): Promise<RecordedValues[]> {
  const { rows } = await hotPool().query<RecordedValues>(
    `select node_id as "nodeId", input, output, error, attempts, summary, coalesce(engine ? 'unrecorded', false) as "isUnrecorded"
     from step_runs where run_id = $1 and (node_id = any($2) or (engine ? 'unrecorded' and (
       exists (select from receipts where run_id = $1 and unrecorded)
       or exists (select from runs where id = $1 and restored_from is not null))))`,
    [runId, nodeIds],
  );
  return rows;
}

export interface RecordedValues {
  nodeId: string;
  input: Json;
  output: Json;
  error: Json;
  /** What its failed tries said: `error` is only the last one, and null once a later try went well. */
  attempts: Json;
  summary: string | null;
  /** All that it put out is hidden. */
  isUnrecorded: boolean;
}

/** Those of these runs whose version calls something sensitive, or that called through a connection which keeps no answers on record. */
export async function listSensitiveRuns(
  organizationId: OrganizationId,
  ids: readonly string[],
): Promise<{ id: string; versionId: string; input: Json }[]> {
  const { rows } = await hotPool().query<{ id: string; versionId: string; input: Json }>(
    `select r.id, r.version_id as "versionId", r.input from runs r join workflow_versions v on v.id = r.version_id
     where r.organization_id = $1 and r.id = any($2) and (v.spec::text like '%sensitive"%' or v.spec::text like '%run.callback%' or r.restored_from is not null
       or exists (select from receipts where run_id = r.id and unrecorded))`,
    [organizationId, ids],
  );
  return rows;
}

/** What people changed the input of this run to, by its fields: in retries, and while approving. */
export async function listInputChanges(runId: string): Promise<Json[]> {
  const { rows } = await hotPool().query<{ values: Json }>(
    `select data->'patch' as values from run_events where run_id = $1 and type = 'run.retried' and data ? 'patch'
     union all select input_edits from runs where id = $1 and input_edits is not null
     union all select resolution->'edits' from waitpoints where run_id = $1 and kind = 'approval' and resolution ? 'edits'`,
    [runId],
  );
  return rows.map(({ values }) => values);
}
