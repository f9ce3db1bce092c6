import { queueSections, type QueueSection } from "@/core/contracts/console";
import { hotPool } from "@/server/db/pools";
import type { Slice } from "@/server/db/slice";
import type { OrganizationId } from "@/server/db/tenant";

export interface QueueRow {
  id: string;
  subject: string;
  contactName: string | null;
  contactEmail: string | null;
  section: QueueSection;
  assignedToId: string | null;
  claimedAt: Date | null;
  handedOverAt: Date | null;
  needsAnswerSince: Date | null;
  updatedAt: Date;
  unread: boolean;
  lastAuthor: string | null;
  lastAuthorName: string | null;
  lastBody: string | null;
  lastAt: Date | null;
}

export interface QueuePosition {
  section: QueueSection;
  time: Date;
  id: string;
}

/** Characters of the last message that a list shows. */
const snippet = 160;
/** As far as a badge counts. */
export const mostWaiting = 100;

const waits = "(handed_over_at is not null or needs_answer_since is not null)";
/** $2 is whoever looks. Each is entered by an index of prisma/functions/25-console.sql. */
const conditions: Readonly<Record<QueueSection, string>> = {
  handed_over: "handed_over_at is not null and assigned_to_id is null",
  unanswered: "needs_answer_since is not null and handed_over_at is null and assigned_to_id is null",
  mine: "assigned_to_id = $2 and closed_at is null",
  others: `closed_at is null and assigned_to_id is distinct from $2 and not (assigned_to_id is null and ${waits})`,
  closed: "closed_at is not null",
};

const sectionsOf = { open: queueSections.filter((each) => each !== "closed"), closed: ["closed"] } as const;

/** The queue of a member, section after section, the latest message first in each. */
export async function listQueue(
  organizationId: OrganizationId,
  { userId, view, search }: { userId: string; view: "open" | "closed"; search: string },
  { limit, after }: Slice<QueuePosition>,
): Promise<QueueRow[]> {
  const sections: readonly QueueSection[] = sectionsOf[view];
  const first = after === undefined ? 0 : sections.indexOf(after.section);
  const found: QueueRow[] = [];
  for (const section of sections.slice(first)) {
    if (found.length >= limit) break;
    const within = after?.section === section ? after : undefined;
    found.push(
      ...(await listSection(organizationId, { userId, section, search, limit: limit - found.length, after: within })),
    );
  }
  return found;
}

async function listSection(
  organizationId: OrganizationId,
  asked: { userId: string; section: QueueSection; search: string; limit: number; after: QueuePosition | undefined },
): Promise<QueueRow[]> {
  const { userId, section, search, limit, after } = asked;
  const values: unknown[] = [organizationId, userId, limit];
  const bind = (value: unknown, type: string): string => `$${String(values.push(value))}::${type}`;
  const rest =
    after === undefined ? "" : `and (updated_at, id) < (${bind(after.time, "timestamptz")}, ${bind(after.id, "uuid")})`;
  const found = search === "" ? "" : `and ${containing(bind(pattern(search), "text"))}`;
  const { rows } = await hotPool().query<Omit<QueueRow, "section">>({
    text: `select c.id, c.subject, k.name as "contactName", k.email as "contactEmail", c.assigned_to_id as "assignedToId",
        c.claimed_at as "claimedAt", c.handed_over_at as "handedOverAt", c.needs_answer_since as "needsAnswerSince", c.updated_at as "updatedAt",
        coalesce(c.last_customer_at > coalesce(s.read_at, '-infinity'), false) as unread,
        m.author as "lastAuthor", m.author_name as "lastAuthorName", left(m.body, ${String(snippet)}) as "lastBody", m.created_at as "lastAt"
      from (
        select * from conversations where organization_id = $1 and ($2::uuid is not null) and ${conditions[section]} ${rest} ${found}
        order by updated_at desc, id desc limit $3
      ) c
      left join contacts k on k.id = c.contact_id and k.organization_id = $1
      left join conversation_reads s on s.conversation_id = c.id and s.user_id = $2
      left join lateral (
        select author, author_name, body, created_at from messages where conversation_id = c.id order by created_at desc, id desc limit 1
      ) m on true
      order by c.updated_at desc, c.id desc`,
    values,
  });
  return rows.map((row) => ({ ...row, section }));
}

/** What waits for somebody, and what its holder has not answered yet. */
export async function countWaiting(organizationId: OrganizationId, userId: string): Promise<number> {
  const { rows } = await hotPool().query<{ n: number }>({
    name: "console_waiting",
    text: `select count(*)::int as n from (
        select from conversations where organization_id = $1 and handed_over_at is not null and assigned_to_id is null
        union all
        select from conversations where organization_id = $1 and needs_answer_since is not null
          and (assigned_to_id = $2 or assigned_to_id is null and handed_over_at is null)
        limit $3
      ) waiting`,
    values: [organizationId, userId, mostWaiting],
  });
  return rows[0]?.n ?? 0;
}

/** By the customer, what it is about, or words that were said in it. Notes are not searched. */
function containing(text: string): string {
  return `(subject ilike ${text}
    or contact_id in (select id from contacts where organization_id = $1 and (name ilike ${text} or email ilike ${text}))
    or exists (select from messages where messages.conversation_id = conversations.id and body ilike ${text}))`;
}

function pattern(text: string): string {
  return `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
}
