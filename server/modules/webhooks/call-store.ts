import type { Json, JsonObject } from "@/core/json";
import { hotPool } from "@/server/db/pools";

/** One call of a trigger's address, or one tick of a schedule that started nothing, and what came of it. */
export interface TriggerCall {
  id: string;
  organizationId: string;
  workflowId: string;
  triggerId: string;
  /** What was answered, as an HTTP status. */
  status: number;
  /** Of a refusal: why. */
  message: string | null;
  /** null: there was none, or it was too large to keep. */
  body: Json;
  /** Of a webhook's call: what its expressions see beside the body. */
  request: JsonObject | null;
  /** What the sender calls the delivery, and the start key that follows from it. */
  deliveryId: string | null;
  startKey: string | null;
  /** What was taken, but not quite as it was sent: sentences. */
  warnings: readonly string[] | null;
  /** The member who made the call to try the address; null for calls from outside. */
  initiatedBy: string | null;
  runId: string | null;
  createdAt: Date;
}

const columns = `id, organization_id as "organizationId", workflow_id as "workflowId", trigger_id as "triggerId", status, message, body, request,
  delivery_id as "deliveryId", start_key as "startKey", warnings, initiated_by as "initiatedBy", run_id as "runId", created_at as "createdAt"`;

export async function insertCalls(calls: readonly TriggerCall[]): Promise<void> {
  await hotPool().query({
    name: "trigger_calls_insert",
    text: `insert into webhook_calls (id, organization_id, workflow_id, trigger_id, status, message, body, request, delivery_id, start_key, warnings, initiated_by, run_id, created_at)
      select id, "organizationId", "workflowId", "triggerId", status, message, nullif(body, 'null'::jsonb), nullif(request, 'null'::jsonb),
        "deliveryId", "startKey", nullif(warnings, 'null'::jsonb), "initiatedBy", "runId", "createdAt"
      from jsonb_to_recordset($1::jsonb) as c(id uuid, "organizationId" uuid, "workflowId" uuid, "triggerId" text, status int,
        message text, body jsonb, request jsonb, "deliveryId" text, "startKey" text, warnings jsonb, "initiatedBy" uuid, "runId" uuid, "createdAt" timestamptz)
      on conflict do nothing`,
    values: [JSON.stringify(calls)],
  });
}

/** Newest first. */
export async function listCalls(
  organizationId: string,
  workflowId: string,
  triggerId: string,
  limit: number,
): Promise<TriggerCall[]> {
  const { rows } = await hotPool().query<TriggerCall>(
    `select ${columns} from webhook_calls where organization_id = $1 and workflow_id = $2 and trigger_id = $3
      order by created_at desc, id desc limit $4`,
    [organizationId, workflowId, triggerId, limit],
  );
  return rows;
}

/** The newest call of each of these triggers that was called. */
export async function lastCalls(
  organizationId: string,
  workflowId: string,
  triggerIds: readonly string[],
): Promise<Map<string, TriggerCall>> {
  const { rows } = await hotPool().query<TriggerCall>({
    name: "trigger_calls_last",
    text: `select last.* from unnest($3::text[]) as t(id) cross join lateral (
        select ${columns} from webhook_calls where organization_id = $1 and workflow_id = $2 and trigger_id = t.id
        order by created_at desc, id desc limit 1) last`,
    values: [organizationId, workflowId, [...triggerIds]],
  });
  return new Map(rows.map((row) => [row.triggerId, row]));
}

export async function findCall(organizationId: string, workflowId: string, id: string): Promise<TriggerCall | null> {
  const { rows } = await hotPool().query<TriggerCall>(
    `select ${columns} from webhook_calls where organization_id = $1 and workflow_id = $2 and id = $3`,
    [organizationId, workflowId, id],
  );
  return rows[0] ?? null;
}

/** A refused call that started a run after all. */
export async function setCallRun(id: string, runId: string): Promise<void> {
  await hotPool().query("update webhook_calls set run_id = $2 where id = $1", [id, runId]);
}

/** Gives how many there were. */
export async function deleteOldCalls(before: Date, limit: number): Promise<number> {
  const { rowCount } = await hotPool().query(
    "delete from webhook_calls where id in (select id from webhook_calls where created_at < $1 order by created_at limit $2)",
    [before, limit],
  );
  return rowCount ?? 0;
}
