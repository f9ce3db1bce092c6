import { newId } from "@/core/ids";
import { requireScope, type UserActor } from "@/server/db/tenant";
import { withTransaction, writeAudit } from "@/server/db/transaction";
import { insertMessage } from "@/server/modules/conversations/service";
import { existing, heldByAnother } from "./existing";
import { holdFor, insertNote, tellPages } from "./repository";

/** Writes to the customer. Whoever writes has the conversation from then on; refused while a colleague has it. */
export async function answerCustomer(actor: UserActor, idText: string, body: string): Promise<{ id: string }> {
  requireScope(actor, "conversations:write");
  const row = await existing(actor, idText);
  const { organizationId } = actor;
  const id = newId();
  const isWritten = await withTransaction(async (tx) => {
    if (!(await holdFor(tx, { organizationId, id: row.id }, actor.userId))) return false;
    const message = { id, organizationId, conversationId: row.id, body };
    await insertMessage(tx, { ...message, author: "operator", authorName: actor.name });
    await writeAudit(tx, actor, "conversation.replied", { type: "conversation", id: row.id }, { messageId: id });
    return true;
  });
  if (!isWritten) throw await heldByAnother(actor, row.id);
  return { id };
}

/** For colleagues only: nothing that the customer can open shows it. */
export async function addNote(actor: UserActor, idText: string, body: string): Promise<{ id: string }> {
  requireScope(actor, "conversations:write");
  const row = await existing(actor, idText);
  const { organizationId } = actor;
  const id = newId();
  await withTransaction(async (tx) => {
    await insertNote(tx, {
      id,
      organizationId,
      conversationId: row.id,
      authorId: actor.userId,
      authorName: actor.name,
      body,
    });
    await writeAudit(tx, actor, "conversation.noted", { type: "conversation", id: row.id }, { noteId: id });
    await tellPages(tx, { organizationId, id: row.id });
  });
  return { id };
}
