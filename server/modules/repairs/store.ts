import {
  repairWays,
  tryResults,
  type RepairContext,
  type RepairRound,
  type RepairWay,
  type TryResult,
} from "@/core/contracts/repair";
import type { JsonObject } from "@/core/json";
import { hotPool } from "@/server/db/pools";
import type { OrganizationId } from "@/server/db/tenant";

export interface RepairRow {
  runId: string;
  workflowId: string;
  assignees: string[];
  nodeId: string;
  stepId: string | null;
  stepKey: string | null;
  stepName: string | null;
  errorCode: string;
  errorMessage: string;
  failedAt: Date;
  status: "open" | "settled";
  settledHow: RepairWay | null;
  settledByName: string | null;
  settledAt: Date | null;
  reason: string | null;
  version: number;
  requestedBy: string | null;
  /** Others that failed alike and wait for the same people. */
  alike: number;
}

/** Those that failed alike and are open for one of the references in `refs`. */
const alike = (
  refs: string,
) => `from repairs o where o.organization_id = r.organization_id and o.workflow_id = r.workflow_id
  and o.node_id = r.node_id and o.error_code = r.error_code and o.status = 'open' and o.assignees && ${refs}::text[]`;

/** Of these runs of the organization those that failed and needed a choice. `refs`: as whom those that failed alike are counted. */
export async function findRepairs(
  organizationId: OrganizationId,
  runIds: readonly string[],
  refs: readonly string[],
): Promise<RepairRow[]> {
  const { rows } = await hotPool().query<RepairRow>({
    name: "repairs_by_run",
    text: `select r.run_id as "runId", r.workflow_id as "workflowId", r.assignees, r.node_id as "nodeId", r.step_id as "stepId",
        r.step_key as "stepKey", r.step_name as "stepName", r.error_code as "errorCode", r.error_message as "errorMessage",
        r.failed_at as "failedAt", r.status, r.settled_how as "settledHow", r.settled_by_name as "settledByName",
        r.settled_at as "settledAt", r.reason, runs.version, runs.requested_by as "requestedBy",
        case when r.status = 'open' then (select count(*)::int ${alike("$3")} and o.run_id <> r.run_id) else 0 end as alike
      from repairs r join runs on runs.id = r.run_id
      where r.organization_id = $1 and r.run_id = any($2)`,
    values: [organizationId, [...runIds], [...refs]],
  });
  return rows.map((row) => ({ ...row, settledHow: repairWays.find((way) => way === row.settledHow) ?? null }));
}

/** False: it is not open any more. */
export async function leaveRepair(
  organizationId: OrganizationId,
  runId: string,
  { reason, actor, proof }: { reason: string; actor: JsonObject; proof: JsonObject },
): Promise<boolean> {
  const { rows } = await hotPool().query<{ ok: boolean }>({
    name: "repair_leave",
    text: "select leave_repair($1, $2, $3, $4, $5) as ok",
    values: [organizationId, runId, reason, JSON.stringify(actor), JSON.stringify(proof)],
  });
  return rows[0]?.ok === true;
}

/** How often this run was tried again, and who did so last. */
export async function findTriedBefore(
  organizationId: OrganizationId,
  runId: string,
): Promise<RepairContext["triedBefore"]> {
  const { rows } = await hotPool().query<{ times: number; by: string | null; at: Date }>({
    name: "repair_tried_before",
    text: `select count(*) over ()::int as times, actor->>'name' as by, at from run_events
      where organization_id = $1 and run_id = $2 and type = 'run.retried' order by seq desc limit 1`,
    values: [organizationId, runId],
  });
  return rows.map(({ times, by, at }) => ({ times, by: by ?? "Somebody", at: at.toISOString() }))[0] ?? null;
}

const shownTries = 50;

/** The latest round that this run was in; else the one that is under way for those that failed like it. */
export async function findRound(organizationId: OrganizationId, runId: string): Promise<RepairRound | null> {
  const { rows } = await hotPool().query<{
    state: RepairRound["state"];
    begunBy: string;
    begunAt: Date;
    tries: { runId: string; result: string }[] | null;
    counts: Record<string, number> | null;
  }>({
    name: "repair_round",
    text: `with asked as (
        select coalesce(
          (select t.round_id from repair_tries t join repair_rounds d on d.id = t.round_id
           where t.run_id = $2 and t.organization_id = $1 order by d.created_at desc limit 1),
          (select d.id from repair_rounds d join repairs r on r.organization_id = d.organization_id and r.workflow_id = d.workflow_id
             and r.node_id = d.node_id and r.error_code = d.error_code
           where r.run_id = $2 and r.organization_id = $1 and d.ended_at is null)) as id
      )
      select d.state, d.begun_by->>'name' as "begunBy", d.created_at as "begunAt",
        (select jsonb_agg(jsonb_build_object('runId', t.run_id, 'result', t.result) order by t.position) from repair_tries t
         where t.round_id = d.id and t.position < $3) as tries,
        (select jsonb_object_agg(result, n) from (
           select result, count(*)::int as n from repair_tries where round_id = d.id group by result) c) as counts
      from repair_rounds d where d.id = (select id from asked)`,
    values: [organizationId, runId, shownTries],
  });
  const [row] = rows;
  if (!row) return null;
  const counts = Object.fromEntries(tryResults.map((result) => [result, row.counts?.[result] ?? 0])) as Record<
    TryResult,
    number
  >;
  const all = Object.values(counts).reduce((sum, n) => sum + n, 0);
  const tries = (row.tries ?? []).map(({ runId: id, result }) => ({ runId: id, result: resultOf(result) }));
  return {
    state: row.state,
    begunBy: row.begunBy,
    begunAt: row.begunAt.toISOString(),
    tries,
    more: all - tries.length,
    counts,
  };
}

const resultOf = (text: string): TryResult => tryResults.find((known) => known === text) ?? "waiting";
