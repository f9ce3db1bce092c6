import { hotPool } from "@/server/db/pools";

/** A tab that was not heard of for this long is gone, seconds. */
const goneAfter = 45;

export interface PresentRow {
  clientId: string;
  userId: string;
  name: string;
  nodeId: string | null;
}

export interface Presence {
  organizationId: string;
  workflowId: string;
  clientId: string;
  userId: string;
  userName: string;
  nodeId: string | null;
}

/** Notes that a tab is there, forgets those that went, and says whether that is news for the others. */
export async function notePresence(presence: Presence): Promise<{ people: PresentRow[]; isNews: boolean }> {
  const { organizationId, workflowId, clientId, userId, userName, nodeId } = presence;
  const { rows: gone } = await hotPool().query(
    `delete from draft_presence where organization_id = $1 and workflow_id = $2
      and seen_at < now() - make_interval(secs => ${String(goneAfter)}) returning client_id`,
    [organizationId, workflowId],
  );
  // Another organization's tab of the same name is left alone. `before` is the row as it was.
  const { rows: noted } = await hotPool().query<{ isNews: boolean }>(
    `with before as (select workflow_id, node_id from draft_presence where client_id = $3 and organization_id = $1),
      noted as (
        insert into draft_presence (organization_id, workflow_id, client_id, user_id, user_name, node_id, seen_at)
        values ($1, $2, $3, $4, $5, $6, now())
        on conflict (client_id) do update set workflow_id = excluded.workflow_id, user_id = excluded.user_id,
          user_name = excluded.user_name, node_id = excluded.node_id, seen_at = excluded.seen_at
          where draft_presence.organization_id = excluded.organization_id
        returning workflow_id, node_id)
    select not exists (select 1 from before b where b.workflow_id = noted.workflow_id
      and b.node_id is not distinct from noted.node_id) as "isNews" from noted`,
    [organizationId, workflowId, clientId, userId, userName, nodeId],
  );
  const { rows: people } = await hotPool().query<PresentRow>(
    `select client_id as "clientId", user_id as "userId", user_name as name, node_id as "nodeId"
    from draft_presence where organization_id = $1 and workflow_id = $2 and client_id <> $3
      and seen_at >= now() - make_interval(secs => ${String(goneAfter)})
    order by user_name, client_id`,
    [organizationId, workflowId, clientId],
  );
  return { people, isNews: gone.length > 0 || noted.some(({ isNews }) => isNews) };
}

/** False when it was not there. */
export async function forgetPresence(organizationId: string, workflowId: string, clientId: string): Promise<boolean> {
  const { rowCount } = await hotPool().query(
    "delete from draft_presence where organization_id = $1 and workflow_id = $2 and client_id = $3",
    [organizationId, workflowId, clientId],
  );
  return (rowCount ?? 0) > 0;
}

/** Tells open builders that somebody came, went or moved. */
export async function announcePresence(organizationId: string, workflowId: string): Promise<void> {
  await hotPool().query("select pg_notify('hp_live', $1)", [
    JSON.stringify({ organizationId, kinds: [`draft:${workflowId}`] }),
  ]);
}
