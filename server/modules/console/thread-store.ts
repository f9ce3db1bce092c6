import { hotPool } from "@/server/db/pools";
import type { Slice, TimePosition } from "@/server/db/slice";
import type { OrganizationId } from "@/server/db/tenant";

export interface ThreadRow {
  kind: "message" | "note";
  id: string;
  author: string;
  authorName: string;
  body: string;
  createdAt: Date;
}

/** What was said and what was noted, newest first. */
export async function listThread(
  organizationId: OrganizationId,
  conversationId: string,
  { limit, after }: Slice<TimePosition>,
): Promise<ThreadRow[]> {
  const rest = after === undefined ? "" : "and (created_at, id) < ($4::timestamptz, $5::uuid)";
  const part = (kind: string, table: string, author: string): string =>
    `(select '${kind}' as kind, id, ${author} as author, author_name as "authorName", body, created_at as "createdAt" from ${table}
      where organization_id = $1 and conversation_id = $2 ${rest} order by created_at desc, id desc limit $3)`;
  const { rows } = await hotPool().query<ThreadRow>({
    name: after === undefined ? "console_thread" : "console_thread_rest",
    text: `${part("message", "messages", "author")} union all ${part("note", "conversation_notes", "'operator'")}
      order by "createdAt" desc, id desc limit $3`,
    values: [organizationId, conversationId, limit, ...(after === undefined ? [] : [after.time, after.id])],
  });
  return rows;
}

/** This member has seen what was written until now. Their other tabs hear of it. */
export async function markSeen(organizationId: OrganizationId, conversationId: string, userId: string): Promise<void> {
  await hotPool().query({
    name: "console_seen",
    text: `with marked as (
        insert into conversation_reads (organization_id, conversation_id, user_id, read_at)
        select $1, c.id, $3, now() from conversations c where c.organization_id = $1 and c.id = $2
        on conflict (conversation_id, user_id) do update set read_at = excluded.read_at
        where conversation_reads.read_at < (select last_customer_at from conversations where id = $2)
        returning conversation_id
      ) select tell_conversation($1, conversation_id) from marked`,
    values: [organizationId, conversationId, userId],
  });
}

/** The open handoffs of a conversation's runs. */
export async function openHandoffs(organizationId: OrganizationId, conversationId: string): Promise<string[]> {
  const { rows } = await hotPool().query<{ id: string }>({
    name: "console_handoffs",
    text: `select w.id from runs r join waitpoints w on w.run_id = r.id
      where r.organization_id = $1 and r.conversation_id = $2 and not r.test and r.ended_at is null and w.kind = 'handoff' and w.status = 'open'
        and coalesce(w.request->>'unknownOutcome', '') <> 'true'
      order by w.created_at`,
    values: [organizationId, conversationId],
  });
  return rows.map(({ id }) => id);
}
