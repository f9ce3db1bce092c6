import { hotPool } from "@/server/db/pools";

/** Names of the newest thousand events that an organization received, and of all that its workflows listen to. */
export async function knownEvents(organizationId: string): Promise<{ received: string[]; awaited: string[] }> {
  const { rows } = await hotPool().query<{ received: string[] | null; awaited: string[] | null }>({
    name: "event_known",
    text: `select
      (select array_agg(distinct name) from (select name from inbound_events where organization_id = $1
        order by created_at desc limit 1000) newest) as received,
      (select array_agg(distinct event_name) from active_triggers where organization_id = $1 and event_name is not null) as awaited`,
    values: [organizationId],
  });
  return { received: rows[0]?.received ?? [], awaited: rows[0]?.awaited ?? [] };
}
