import { lookersKind } from "@/core/contracts/live";
import { hotPool } from "@/server/db/pools";
import type { InboxLooker } from "@/core/contracts/inbox";
import type { OrganizationId } from "@/server/db/tenant";

/** A tab says every ten seconds that it is there (`components/inbox/use-lookers.ts`); one that is silent for so long is gone, s. */
const goneAfter = 25;

/** Notes what a tab has open, forgets those that went, and says whether that is news for the others. An item of another organization is none. */
export async function noteLooker(looker: {
  organizationId: OrganizationId;
  clientId: string;
  userId: string;
  userName: string;
  itemId: string | null;
}): Promise<boolean> {
  const { organizationId, clientId, userId, userName, itemId } = looker;
  const { rows } = await hotPool().query<{ isNews: boolean }>({
    name: "note_looker",
    text: `with item as (
        select id from waitpoints where id = $5 and organization_id = $1 and kind in ('approval', 'form', 'handoff')
        union all select run_id from repairs where run_id = $5 and organization_id = $1 limit 1
      ), before as (select item_id from inbox_presence where client_id = $2 and organization_id = $1),
      gone as (
        delete from inbox_presence where organization_id = $1 and client_id <> $2 and seen_at < now() - make_interval(secs => ${String(goneAfter)})
        returning client_id
      ), left_it as (
        delete from inbox_presence where organization_id = $1 and client_id = $2 and user_id = $3 and not exists (select from item) returning client_id
      ), noted as (
        insert into inbox_presence (client_id, organization_id, user_id, user_name, item_id, seen_at)
        select $2, $1, $3, $4, id, now() from item
        on conflict (client_id) do update set user_name = excluded.user_name, item_id = excluded.item_id, seen_at = excluded.seen_at
          where inbox_presence.organization_id = excluded.organization_id and inbox_presence.user_id = excluded.user_id
        returning item_id
      )
      select exists (select from gone) or exists (select from left_it)
        or exists (select from noted where not exists (select from before where before.item_id = noted.item_id)) as "isNews"`,
    values: [organizationId, clientId, userId, userName, itemId],
  });
  return rows[0]?.isNews === true;
}

/** False when it was not there. */
export async function forgetLooker(organizationId: OrganizationId, userId: string, clientId: string): Promise<boolean> {
  const { rowCount } = await hotPool().query(
    "delete from inbox_presence where organization_id = $1 and user_id = $2 and client_id = $3",
    [organizationId, userId, clientId],
  );
  return (rowCount ?? 0) > 0;
}

/** Others than this person, each once for each item. */
export async function listLookers(
  organizationId: OrganizationId,
  userId: string,
  ids: readonly string[],
): Promise<InboxLooker[]> {
  const { rows } = await hotPool().query<InboxLooker>({
    name: "inbox_lookers",
    text: `select distinct item_id as "itemId", user_id as "userId", user_name as name from inbox_presence
      where organization_id = $1 and user_id <> $2 and item_id = any($3::uuid[]) and seen_at >= now() - make_interval(secs => ${String(goneAfter)})
      order by name, "userId"`,
    values: [organizationId, userId, [...ids]],
  });
  return rows;
}

/** Tells open inboxes that somebody came, went or moved. */
export async function announceLookers(organizationId: OrganizationId): Promise<void> {
  await hotPool().query("select pg_notify('hp_live', $1)", [JSON.stringify({ organizationId, kinds: [lookersKind] })]);
}
