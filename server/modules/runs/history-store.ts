import type { Json, JsonObject } from "@/core/json";
import { hotPool } from "@/server/db/pools";
import type { Slice, TimePosition } from "@/server/db/slice";
import { durableTypes } from "./snapshot-rule";

/** Reads of what a run has left behind: snapshots, corrections of its input, receipts of its calls. */
export interface SnapshotRow {
  id: string;
  key: string;
  position: number;
  generation: number;
  nodeId: string;
  iteration: string;
  name: string;
  type: string;
  at: Date | null;
}

const snapshotColumns = `id, key, seq::float8 as position, generation, node_id as "nodeId", iteration, name, type, ended_at as at`;
const isSnapshot = `(status = 'completed' or (status = 'failed' and handle is not null)) and type = any($2)
  and (not superseded or superseded_seq is not null)`;

/** Snapshots after a position, in the order in which they came about. */
export async function listSnapshots(
  runId: string,
  { after, limit }: { after: number; limit: number },
): Promise<SnapshotRow[]> {
  const { rows } = await hotPool().query<SnapshotRow>(
    `select ${snapshotColumns} from step_runs where run_id = $1 and ${isSnapshot} and seq > $3 order by seq limit $4`,
    [runId, durableTypes(), after, limit],
  );
  return rows;
}

export async function findSnapshot(runId: string, id: string): Promise<SnapshotRow | null> {
  const { rows } = await hotPool().query<SnapshotRow>(
    `select ${snapshotColumns} from step_runs where run_id = $1 and ${isSnapshot} and id = $3`,
    [runId, durableTypes(), id],
  );
  return rows[0] ?? null;
}

export interface KeptRow {
  key: string;
  nodeId: string;
  iteration: string;
  name: string;
  type: string;
  handle: string | null;
  superseded: boolean;
  endedAt: Date | null;
}

/** What was settled at a position, in its order. */
export async function settledRows(runId: string, position: number): Promise<KeptRow[]> {
  const { rows } = await hotPool().query<KeptRow>(
    `select key, node_id as "nodeId", iteration, name, type, handle, superseded, ended_at as "endedAt"
     from snapshot_rows($1, $2) order by seq`,
    [runId, position],
  );
  return rows;
}

/** Who gave these approvals last, and when. */
export async function givenApprovals(
  runId: string,
  keys: readonly string[],
): Promise<{ key: string; by: string | null; at: Date | null }[]> {
  const { rows } = await hotPool().query<{ key: string; by: string | null; at: Date | null }>(
    `select distinct on (key) key, resolved_by_name as by, resolved_at as at from waitpoints
     where run_id = $1 and kind = 'approval' and key = any($2) and resolved_at is not null order by key, resolved_at desc`,
    [runId, [...keys]],
  );
  return rows;
}

/** Every step that a run tried, in whatever generation. */
export async function triedSteps(runId: string): Promise<{ nodeId: string; iteration: string }[]> {
  const { rows } = await hotPool().query<{ nodeId: string; iteration: string }>(
    `select distinct node_id as "nodeId", iteration from step_runs where run_id = $1 and status <> all('{pending,skipped}')`,
    [runId],
  );
  return rows;
}

/** Durable steps that a run tried after a position, in their first order: what is done again by whoever goes on from there. */
export async function triedAfter(runId: string, position: number): Promise<{ name: string; type: string }[]> {
  const { rows } = await hotPool().query<{ name: string; type: string }>(
    `select name, type from step_runs
     where run_id = $1 and type = any($2) and status <> all('{pending,skipped}') and key not in (select key from snapshot_rows($1, $3))
     group by node_id, name, type order by min(seq)`,
    [runId, durableTypes(), position],
  );
  return rows;
}

/** A change that people made to a run's input, with the moment from which it counts. */
export interface CorrectionRow {
  kind: "patch" | "edits";
  at: Date;
  /** Of a patch: the position of the run when it was retried. */
  position: number | null;
  /** Of edits: the approval that was given with them. */
  key: string | null;
  values: JsonObject;
}

export async function listCorrections(runId: string): Promise<CorrectionRow[]> {
  const { rows } = await hotPool().query<CorrectionRow>(
    `select 'patch' as kind, at, (data->>'position')::float8 as position, null as key, data->'patch' as values
       from run_events where run_id = $1 and type = 'run.retried' and data ? 'patch'
     union all
     select 'edits', resolved_at, null, key, resolution->'edits'
       from waitpoints where run_id = $1 and kind = 'approval' and consumed and jsonb_typeof(resolution->'edits') = 'object'
     order by at`,
    [runId],
  );
  return rows;
}

export interface ReceiptRow {
  id: string;
  key: string;
  attempt: number;
  method: string;
  url: string;
  idempotencyKey: string;
  requestHash: string;
  status: number | null;
  response: Json;
  errorCode: string | null;
  sentAt: Date;
  durationMs: number | null;
}

/** Calls in the order in which they were sent. */
export async function listReceipts(
  runId: string,
  { limit, offset, after }: Slice<TimePosition>,
): Promise<ReceiptRow[]> {
  const { rows } = await hotPool().query<ReceiptRow>(
    `select id, key, attempt, method, url, idempotency_key as "idempotencyKey", request_hash as "requestHash", status, response,
       error_code as "errorCode", sent_at as "sentAt", duration_ms::float8 as "durationMs"
     from receipts where run_id = $1 ${after ? "and (sent_at, id) > ($4::timestamptz, $5::uuid)" : ""}
     order by sent_at, id limit $2 offset $3`,
    [runId, limit, offset, ...(after ? [after.time, after.id] : [])],
  );
  return rows;
}

/** Null: the run is gone. */
export async function runStatusOf(runId: string): Promise<string | null> {
  const { rows } = await hotPool().query<{ status: string }>({
    name: "run_status",
    text: "select status from runs where id = $1",
    values: [runId],
  });
  return rows[0]?.status ?? null;
}
