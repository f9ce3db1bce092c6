import { hotPool } from "@/server/db/pools";
import type { OrganizationId } from "@/server/db/tenant";

/** Those who asked for what a run does. */
export interface Requesters {
  runId: string;
  /** User ids: who began it, or the run it was restored from, whoever corrected its input, and who gave it what is decided on. */
  people: string[];
  /** False where nobody can tell who began it. */
  isKnown: boolean;
}

/** Along the whole line of runs that it was restored from: a copy is no new request. */
export async function findRequesters(
  organizationId: OrganizationId,
  runIds: readonly string[],
): Promise<ReadonlyMap<string, Requesters>> {
  if (runIds.length === 0) return new Map();
  const { rows } = await hotPool().query<Requesters>({
    name: "approval_requesters",
    text: `with recursive line as (
        select id as run_id, id, restored_from, initiated_by, begun_with, test from runs where organization_id = $1 and id = any($2)
        union
        select line.run_id, source.id, source.restored_from, source.initiated_by, source.begun_with, source.test
        from line join runs source on source.id = line.restored_from and source.organization_id = $1
      ), corrected as (
        select line.run_id, coalesce(event.actor->>'userId', event.actor->>'id') as person
        from line join run_events event on event.run_id = line.id and event.type = 'run.retried' and event.data ? 'patch'
      ), gave as (
        select line.run_id, w.resolved_by_id::text as person
        from line join waitpoints w on w.run_id = line.id and w.status = 'resolved'
        where w.kind = 'form' or (w.kind = 'handoff' and jsonb_typeof(w.resolution->'output') <> 'null')
      )
      select line.run_id as "runId",
        array(select distinct person from (
          select l.initiated_by::text as person from line l where l.run_id = line.run_id
          union select other::text from line l cross join unnest(l.begun_with) other where l.run_id = line.run_id
          union select person from gave g where g.run_id = line.run_id
          union select person from corrected c where c.run_id = line.run_id) asked where person is not null) as people,
        bool_and(line.initiated_by is not null
          and (line.restored_from is null or exists (select from runs source where source.id = line.restored_from))) as "isKnown"
      from line group by line.run_id`,
    values: [organizationId, [...runIds]],
  });
  return new Map(rows.map((row) => [row.runId, row]));
}
