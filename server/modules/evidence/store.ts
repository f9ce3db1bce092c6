import { hotPool } from "@/server/db/pools";
import type { OrganizationId } from "@/server/db/tenant";

/** Something that lines of the audit log are about. */
export interface SubjectRef {
  type: string;
  id: string;
}

export interface SubjectRow extends SubjectRef {
  name: string;
  /** What of it stands in the address of its page. */
  place: string | null;
}

interface Named {
  from: string;
  id: string;
  name: string;
  place: string;
  text?: string;
  /** Very many have the same name: nobody looks for one by it. */
  isShared?: boolean;
}

/** Only columns that hold no values of runs: those go through their masks elsewhere. By their type, with the organization in `$1`. */
const named: Readonly<Record<string, Named>> = {
  workflow: {
    from: "workflows s where s.organization_id = $1",
    id: "s.id",
    name: "s.name",
    place: "s.slug",
    text: "s.slug",
  },
  connection: {
    from: "connections s where s.organization_id = $1",
    id: "s.id",
    name: "s.name",
    place: "null",
    text: "s.slug",
  },
  contact: {
    from: "contacts s where s.organization_id = $1",
    id: "s.id",
    name: "s.name",
    place: "null",
    text: "coalesce(s.email, '')",
  },
  api_key: { from: "api_keys s where s.organization_id = $1", id: "s.id", name: "s.name", place: "null" },
  webhook_subscription: {
    from: "webhook_subscriptions s where s.organization_id = $1",
    id: "s.id",
    name: "s.url",
    place: "null",
  },
  event: {
    from: "inbound_events s where s.organization_id = $1",
    id: "s.id",
    name: "s.name",
    place: "null",
    isShared: true,
  },
  user: {
    from: "memberships m join users s on s.id = m.user_id where m.organization_id = $1",
    id: "s.id",
    name: "s.name",
    place: "null",
    text: "s.email",
  },
};

/** Kinds that are looked for by what they are called. */
const searched = Object.entries(named).filter(([, { isShared }]) => isShared !== true);

/** What these are called now; those that are gone are not among them. */
export async function findSubjects(organizationId: OrganizationId, refs: readonly SubjectRef[]): Promise<SubjectRow[]> {
  const idsOf = (type: string) => refs.filter((ref) => ref.type === type && isPlainUuid(ref.id)).map(({ id }) => id);
  const asked = Object.entries(named).flatMap(([type, subject]) => {
    const ids = idsOf(type);
    return ids.length === 0 ? [] : [{ type, ids, subject }];
  });
  if (asked.length === 0) return [];
  const { rows } = await hotPool().query<SubjectRow>(
    asked
      .map(
        ({ type, subject: { from, id, name, place } }, index) =>
          `select '${type}' as type, ${id}::text as id, ${name} as name, ${place}::text as place from ${from} and ${id} = any($${String(index + 2)}::uuid[])`,
      )
      .join(" union all "),
    [organizationId, ...asked.map(({ ids }) => ids)],
  );
  return rows;
}

/** Forms, handovers and waits: the workflow and the run in which they are asked. */
export async function findWaits(
  organizationId: OrganizationId,
  ids: readonly string[],
): Promise<{ id: string; runId: string; workflow: string }[]> {
  const known = ids.filter(isPlainUuid);
  if (known.length === 0) return [];
  const { rows } = await hotPool().query<{ id: string; runId: string; workflow: string }>({
    name: "activity_waits",
    text: `select w.id, w.run_id as "runId", f.name as workflow from waitpoints w join workflows f on f.id = w.workflow_id
      where w.organization_id = $1 and w.id = any($2)`,
    values: [organizationId, known],
  });
  return rows;
}

/** Conversations by their contact: what is written in them is not for this list. */
export async function findConversations(
  organizationId: OrganizationId,
  ids: readonly string[],
): Promise<{ id: string; contact: string }[]> {
  const known = ids.filter(isPlainUuid);
  if (known.length === 0) return [];
  const { rows } = await hotPool().query<{ id: string; contact: string }>({
    name: "activity_conversations",
    text: `select c.id, p.name as contact from conversations c join contacts p on p.id = c.contact_id
      where c.organization_id = $1 and c.id = any($2)`,
    values: [organizationId, known],
  });
  return rows;
}

/** Of each kind at most so many. */
const most = 200;

/** What is called so, or in part. */
export async function searchSubjects(organizationId: OrganizationId, text: string): Promise<SubjectRef[]> {
  const { rows } = await hotPool().query<SubjectRef>({
    name: "activity_search",
    text: searched
      .map(
        ([type, { from, id, name, text: also }]) =>
          `(select '${type}' as type, ${id}::text as id from ${from} and (${name} ilike $2${also === undefined ? "" : ` or ${also} ilike $2`}) limit ${String(most)})`,
      )
      .join(" union all "),
    values: [organizationId, `%${text.replaceAll(/[\\%_]/g, "\\$&")}%`],
  });
  return rows;
}

/** What was asked of people in these runs. */
export async function waitsOfRuns(organizationId: OrganizationId, runIds: readonly string[]): Promise<SubjectRef[]> {
  if (runIds.length === 0) return [];
  const { rows } = await hotPool().query<SubjectRef>({
    name: "activity_waits_of_runs",
    text: `select kind as type, id::text from waitpoints where organization_id = $1 and run_id = any($2)
      and kind in ('approval', 'form', 'handoff') limit 2000`,
    values: [organizationId, [...runIds]],
  });
  return rows;
}

function isPlainUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}

/** What was shown to whoever decided, as it was kept, with its hash. */
export async function findShown(
  organizationId: OrganizationId,
  id: string,
): Promise<{ text: string; hash: string | null; isOpen: boolean } | null> {
  const { rows } = await hotPool().query<{ text: string; hash: string | null; isOpen: boolean }>({
    name: "evidence_shown",
    text: `select request::text as text, payload_hash(request) as hash, status = 'open' as "isOpen" from waitpoints where organization_id = $1 and id = $2 and kind = 'approval'`,
    values: [organizationId, id],
  });
  return rows[0] ?? null;
}

/** Approvals that were closed in this time, oldest first; those of tests are none. */
export async function decidedIn(
  organizationId: OrganizationId,
  { since, until, limit }: { since: Date; until: Date; limit: number },
): Promise<string[]> {
  const { rows } = await hotPool().query<{ id: string }>({
    name: "evidence_decided_in",
    text: `select w.id from waitpoints w join runs r on r.id = w.run_id
      where w.organization_id = $1 and w.status <> 'open' and w.kind = 'approval' and not r.test
        and w.resolved_at >= $2 and w.resolved_at < $3
      order by w.resolved_at, w.id limit $4`,
    values: [organizationId, since, until, limit],
  });
  return rows.map(({ id }) => id);
}

export async function findOrganizationName(organizationId: OrganizationId): Promise<string> {
  const { rows } = await hotPool().query<{ name: string }>({
    name: "evidence_organization",
    text: "select name from organizations where id = $1",
    values: [organizationId],
  });
  return rows[0]?.name ?? "";
}
