import type { Transaction } from "@/server/db/transaction";

/**
 * Whether this ready-made request was made before and is not over: somebody works on it, or nothing has looked at it yet; what only waits for its
 * time, such as for a bank, is over for the customer. The conversation is
 * locked until the transaction ends, so of two presses at once one asks.
 */
export async function hasOpenRequest(tx: Transaction, conversationId: string, quickReply: string): Promise<boolean> {
  await tx.$queryRaw`select id::text from conversations where id = ${conversationId}::uuid for update`;
  const found = await tx.$queryRaw<unknown[]>`
    select 1 from messages m
    join inbound_events e on e.organization_id = m.organization_id and e.name = 'conversation.message' and e.external_id = m.id::text
    where m.conversation_id = ${conversationId}::uuid and m.author = 'contact' and m.data->>'quickReply' = ${quickReply} and (
      (e.results is null and e.dead_at is null) or exists (
        select from jsonb_path_query(coalesce(e.results, '[]'), '$[*].runId') as started(id)
        join runs r on r.id = (started.id #>> '{}')::uuid and r.organization_id = m.organization_id and r.ended_at is null and r.status <> 'waiting_async'
      )
    ) limit 1`;
  return found.length > 0;
}
