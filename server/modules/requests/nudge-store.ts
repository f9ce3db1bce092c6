import { hotPool } from "@/server/db/pools";
import type { OrganizationId } from "@/server/db/tenant";

/** Hours between two questions how a request stands. */
export const nudgeHours = 4;

/** When whoever made these requests last asked how they stand. */
export async function nudgesOf(organizationId: OrganizationId, runIds: readonly string[]): Promise<Map<string, Date>> {
  if (runIds.length === 0) return new Map();
  const { rows } = await hotPool().query<{ runId: string; at: Date }>({
    name: "nudges",
    text: `select run_id as "runId", nudged_at as at from request_nudges where organization_id = $1 and run_id = any($2::uuid[])`,
    values: [organizationId, runIds],
  });
  return new Map(rows.map(({ runId, at }) => [runId, at]));
}

/**
 * Reminds those who are asked by the run, at most once in some hours: of two presses one counts. False when the last one is too recent or
 * the run is over.
 */
export async function nudge(organizationId: OrganizationId, runId: string): Promise<boolean> {
  const { rows } = await hotPool().query<{ isCounted: boolean }>({
    name: "nudge",
    text: `with counted as (
        insert into request_nudges (run_id, organization_id, nudged_at)
        select id, organization_id, now() from runs where organization_id = $1 and id = $2 and ended_at is null
        on conflict (run_id) do update set nudged_at = excluded.nudged_at
        where request_nudges.nudged_at <= excluded.nudged_at - make_interval(hours => $3)
        returning run_id, nudged_at
      ), told as (
        insert into event_outbox (id, name, data, dedupe_id, fair_key)
        select gen_random_uuid(), 'people/asked',
          jsonb_build_object('waitpointId', w.id, 'organizationId', w.organization_id, 'reason', 'reminder', 'stage', 'nudge ' || c.nudged_at),
          'nudge:' || w.id || ':' || c.nudged_at, w.organization_id::text
        from counted c join waitpoints w on w.run_id = c.run_id and w.status = 'open' and w.kind in ('approval', 'form', 'handoff') and w.assignees <> '{}'
        returning id
      ), woken as (
        select pg_notify('hp_events', '') from (select count(*) from told) n
      )
      select exists (select from counted) as "isCounted", (select count(*) from woken)`,
    values: [organizationId, runId, nudgeHours],
  });
  return rows[0]?.isCounted ?? false;
}
