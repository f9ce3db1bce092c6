import type { Trigger } from "@/core/workflow/document";
import { closedOrganizations } from "@/server/auth/demo-organizations";
import { hotPool } from "@/server/db/pools";

export interface DueSchedule {
  id: string;
  organizationId: string;
  workflowId: string;
  slug: string;
  trigger: Trigger;
  /** The tick that is due. */
  nextAt: Date;
  lastAt: Date | null;
}

/** Where a schedule stands after its due ticks were worked on. */
export interface MovedSchedule {
  id: string;
  nextAt: Date | null;
  lastAt: Date | null;
}

/**
 * Gives up to `limit` due schedules to `work` and stores where they stand afterwards, in one transaction that holds them:
 * another worker passes over them. Should this process die, they are due again, and start keys make the repeat harmless.
 */
export async function claimDueSchedules(
  now: Date,
  limit: number,
  work: (due: DueSchedule[]) => Promise<MovedSchedule[]>,
): Promise<number> {
  const client = await hotPool().connect();
  try {
    await client.query("begin");
    const { rows } = await client.query<DueSchedule>({
      name: "schedules_due",
      text: dueSql,
      values: [now, limit, closedOrganizations()],
    });
    const moved = rows.length > 0 ? await work(rows) : [];
    if (moved.length > 0)
      await client.query({ name: "schedules_move", text: moveSql, values: [JSON.stringify(moved)] });
    await client.query("commit");
    return rows.length;
  } catch (error) {
    await client.query("rollback").catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

/** When the next schedule of all is due. */
export async function nextScheduleAt(): Promise<Date | null> {
  const { rows } = await hotPool().query<{ at: Date | null }>({
    name: "schedules_next",
    text: "select min(next_at) as at from active_triggers where type = 'schedule' and organization_id <> all($1::uuid[])",
    values: [closedOrganizations()],
  });
  return rows[0]?.at ?? null;
}

/** Whether a run of this trigger is under way, as far as the workflow's recent runs and those with a place show. */
export async function hasOpenRun(
  row: Pick<DueSchedule, "organizationId" | "workflowId">,
  triggerId: string,
): Promise<boolean> {
  const { rows } = await hotPool().query<{ open: boolean }>({
    name: "schedule_open_run",
    text: openSql,
    values: [row.organizationId, row.workflowId, triggerId],
  });
  return rows[0]?.open ?? false;
}

const dueSql = `select t.id, t.organization_id as "organizationId", t.workflow_id as "workflowId", w.slug, t.definition as trigger,
    t.next_at as "nextAt", t.last_at as "lastAt"
  from active_triggers t join workflows w on w.id = t.workflow_id
  where t.type = 'schedule' and t.next_at <= $1 and w.archived_at is null and t.organization_id <> all($3::uuid[])
  order by t.next_at limit $2 for update of t skip locked`;

const moveSql = `update active_triggers t set next_at = m."nextAt", last_at = m."lastAt"
  from jsonb_to_recordset($1::jsonb) as m(id uuid, "nextAt" timestamptz, "lastAt" timestamptz) where t.id = m.id`;

const openSql = `select exists (
    select 1 from (select trigger_id, ended_at from runs where organization_id = $1 and workflow_id = $2 order by created_at desc limit 500) r
    where r.trigger_id = $3 and r.ended_at is null
  ) or exists (
    select 1 from runs where workflow_id = $2 and concurrency_key is not null and ended_at is null and trigger_id = $3
  ) as open`;
