import { hotPool } from "@/server/db/pools";

export interface KeptFor {
  organizationId: string;
  workflowId: string;
  slug: string;
  days: number;
}

/** Workflows whose ended runs are kept for a number of days: at least as many as their organization keeps all of them. */
export async function workflowsWithRetention(): Promise<KeptFor[]> {
  const { rows } = await hotPool().query<KeptFor>(
    `select w.organization_id as "organizationId", w.id as "workflowId", w.slug, greatest(w.retention_days, o.minimum_retention_days) as days
      from workflows w join organizations o on o.id = w.organization_id where w.retention_days is not null order by w.id`,
  );
  return rows;
}

/**
 * Deletes up to `limit` runs of a workflow that ended before and are under no legal hold, with all that belongs to them, and says so in the audit log: one
 * transaction. What was said in conversations stays. Gives how many there were.
 */
export async function deleteEndedRuns(kept: KeptFor, endedBefore: Date, limit: number): Promise<number> {
  const client = await hotPool().connect();
  try {
    await client.query("begin");
    const { rows } = await client.query<{ id: string }>(
      `select id from runs where organization_id = $1 and workflow_id = $2 and created_at < $3 and ended_at < $3
          and not run_is_held(organization_id, workflow_id, id)
        order by created_at limit $4 for update skip locked`,
      [kept.organizationId, kept.workflowId, endedBefore, limit],
    );
    const ids = rows.map(({ id }) => id);
    if (ids.length > 0) {
      for (const table of ownedByRuns) await client.query(`delete from ${table} where run_id = any($1)`, [ids]);
      await client.query("delete from runs where id = any($1)", [ids]);
      await client.query(
        `delete from repair_rounds where organization_id = $1 and workflow_id = $2 and ended_at < $3
          and not exists (select from repair_tries where round_id = repair_rounds.id)`,
        [kept.organizationId, kept.workflowId, endedBefore],
      );
      await client.query(
        "select put_audit($1, system_actor(), null, 'workflow.runs_deleted', 'workflow', $2, $3, null)",
        [
          kept.organizationId,
          kept.workflowId,
          JSON.stringify({ slug: kept.slug, runs: ids.length, keptForDays: kept.days }),
        ],
      );
    }
    await client.query("commit");
    return ids.length;
  } catch (error) {
    await client.query("rollback").catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

/** Frozen drafts of tests whose runs are gone. One that was frozen a moment ago may get its run yet. Gives how many there were. */
export async function deleteFrozenDrafts(frozenBefore: Date, limit: number): Promise<number> {
  const { rowCount } = await hotPool().query(
    `delete from workflow_versions where id in (
      select v.id from workflow_versions v where v.number < 0 and v.created_at < $1 and not exists (
        select 1 from runs r where r.organization_id = v.organization_id and r.workflow_id = v.workflow_id and r.version_id = v.id)
      limit $2)`,
    [frozenBefore, limit],
  );
  return rowCount ?? 0;
}

/** People outside who were told of nothing that is still there. Whoever is asked again gets a new row (prisma/functions/18-outside.sql). Gives how many there were. */
export async function deleteOutsidePeople(knownBefore: Date, limit: number): Promise<number> {
  const { rowCount } = await hotPool().query(
    `delete from outside_people where id in (
      select o.id from outside_people o where o.created_at < $1
        and not exists (select from notices n where n.organization_id = o.organization_id and n.user_id = o.id)
        and not exists (select from waitpoints w where w.organization_id = o.organization_id and w.status = 'open' and w.assignees && array['email:' || o.address])
      limit $2)`,
    [knownBefore, limit],
  );
  return rowCount ?? 0;
}

const ownedByRuns = [
  "step_runs",
  "run_events",
  "waitpoints",
  "early_callbacks",
  "receipts",
  "deliveries",
  "notices",
  "decision_links",
  "request_nudges",
  "repairs",
  "repair_tries",
  "files",
] as const;
