import { mostUnread, type NoticeEmail, type NoticeReason } from "@/core/contracts/notice";
import { hotPool } from "@/server/db/pools";
import type { Slice, TimePosition } from "@/server/db/slice";
import type { OrganizationId } from "@/server/db/tenant";

/** Whose notices. */
interface Reader {
  organizationId: OrganizationId;
  userId: string;
}

export interface NoticeRow {
  id: string;
  kind: "approval" | "form" | "handoff" | "absence";
  reason: NoticeReason;
  waitpointId: string | null;
  headline: string;
  workflow: string | null;
  cameFrom: string[];
  dueAt: Date | null;
  createdAt: Date;
  readAt: Date | null;
  isOpen: boolean;
  answeredBy: string | null;
}

/** Newest first. */
export async function listNotices(
  { organizationId, userId }: Reader,
  { limit, after }: Slice<TimePosition>,
): Promise<NoticeRow[]> {
  const { rows } = await hotPool().query<NoticeRow>({
    name: after === undefined ? "notices_first" : "notices_rest",
    text: `select n.id, n.kind, n.reason, n.waitpoint_id as "waitpointId", n.headline, f.name as workflow, n.came_from as "cameFrom",
        n.due_at as "dueAt", n.created_at as "createdAt", n.read_at as "readAt",
        n.waitpoint_id is null or w.status = 'open' and w.given_decision is null as "isOpen",
        coalesce(w.resolved_by_name, w.given_decision->>'byName') as "answeredBy"
      from (
        select * from notices where organization_id = $1 and user_id = $2
          ${after === undefined ? "" : "and (created_at, id) < ($4::timestamptz, $5::uuid)"}
        order by created_at desc, id desc limit $3
      ) n
      left join waitpoints w on w.organization_id = $1 and w.id = n.waitpoint_id
      left join workflows f on f.organization_id = $1 and f.id = w.workflow_id
      order by n.created_at desc, n.id desc`,
    values: [organizationId, userId, limit, ...(after === undefined ? [] : [after.time, after.id])],
  });
  return rows;
}

/** How many are unread and still wait, up to `mostUnread`, among the newest ones. */
export async function countUnread({ organizationId, userId }: Reader): Promise<number> {
  const { rows } = await hotPool().query<{ n: number }>({
    name: "notices_unread",
    text: `select count(*)::int as n from (
        select from (
          select waitpoint_id from notices where organization_id = $1 and user_id = $2 and read_at is null
          order by created_at desc limit 1000
        ) n
        left join waitpoints w on w.organization_id = $1 and w.id = n.waitpoint_id
        where n.waitpoint_id is null or w.status = 'open' and w.given_decision is null
        limit $3
      ) unread`,
    values: [organizationId, userId, mostUnread],
  });
  return rows[0]?.n ?? 0;
}

/** Marks the unread ones about one thing (`about`: a waitpoint, or the id of a notice that is about none), or all of them. Gives how many there were; other tabs hear of it. */
export async function markRead({ organizationId, userId }: Reader, about: string | null): Promise<number> {
  const { rows } = await hotPool().query<{ n: number }>({
    name: about === null ? "notices_read_all" : "notices_read",
    text: `with marked as (
        update notices set read_at = now() where organization_id = $1 and user_id = $2 and read_at is null
          ${about === null ? "" : "and (waitpoint_id = $3 or waitpoint_id is null and id = $3)"}
        returning id
      ), heard as (
        select pg_notify('hp_live', jsonb_build_object('organizationId', $1::uuid, 'kinds', jsonb_build_array('notices'))::text)
        where exists (select from marked)
      )
      select (select count(*)::int from marked) as n, (select count(*) from heard)`,
    values: [organizationId, userId, ...(about === null ? [] : [about])],
  });
  return rows[0]?.n ?? 0;
}

/** What the request froze of nobody answering in time, and who was asked before where it was escalated. */
export async function findEarlier(
  organizationId: OrganizationId,
  waitpointId: string,
): Promise<{ onTimeout: string | null; before: string[] }> {
  const { rows } = await hotPool().query<{ onTimeout: string | null; before: string[] | null }>({
    name: "notice_earlier",
    text: `select case when w.request->>'escalated' = 'true' then null else w.request->>'onTimeout' end as "onTimeout",
        (select earlier.assignees from waitpoints earlier
          where earlier.run_id = w.run_id and earlier.key = w.key and earlier.id <> w.id and earlier.outcome = 'timed_out'
          order by earlier.resolved_at desc limit 1) as before
      from waitpoints w where w.organization_id = $1 and w.id = $2`,
    values: [organizationId, waitpointId],
  });
  return { onTimeout: rows[0]?.onTimeout ?? null, before: rows[0]?.before ?? [] };
}

/** As which people outside are asked. */
export async function findOrganizationName(organizationId: OrganizationId): Promise<string> {
  const { rows } = await hotPool().query<{ name: string }>({
    name: "notice_organization",
    text: "select name from organizations where id = $1",
    values: [organizationId],
  });
  return rows[0]?.name ?? "";
}

interface Telling {
  reason: NoticeReason;
  stage: string;
  before: readonly string[];
  headline: string;
  cameFrom: readonly string[];
  subject: string;
  body: string;
  /** What people without an account get instead. */
  outside: { subject: string; body: string };
  /** Where what is no approval is answered, and where the pages of personal links are. */
  link: string;
  decide: string;
}

/** Tells everybody who is asked at this moment, once; see prisma/functions/22-told.sql. Gives how many. */
export async function putNotices(
  organizationId: OrganizationId,
  waitpointId: string,
  telling: Telling,
): Promise<number> {
  const { rows } = await hotPool().query<{ told: number }>({
    name: "notices_tell",
    text: "select tell_people($1, $2, $3) as told",
    values: [organizationId, waitpointId, JSON.stringify(telling)],
  });
  return rows[0]?.told ?? 0;
}

/** What a member wants by e-mail; null where they never said. */
export async function findEmailChoice({ organizationId, userId }: Reader): Promise<string | null> {
  const { rows } = await hotPool().query<{ email: string }>({
    name: "notice_preference",
    text: "select email from notice_preferences where organization_id = $1 and user_id = $2",
    values: [organizationId, userId],
  });
  return rows[0]?.email ?? null;
}

export async function putEmailChoice({ organizationId, userId }: Reader, email: NoticeEmail): Promise<void> {
  await hotPool().query({
    name: "notice_preference_put",
    text: `insert into notice_preferences (organization_id, user_id, email) values ($1, $2, $3)
      on conflict (organization_id, user_id) do update set email = excluded.email`,
    values: [organizationId, userId, email],
  });
}
