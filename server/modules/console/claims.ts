import { AppError } from "@/core/errors";
import { newId } from "@/core/ids";
import { requireScope, type UserActor } from "@/server/db/tenant";
import { withTransaction, writeAudit, type Transaction } from "@/server/db/transaction";
import { insertMessage } from "@/server/modules/conversations/service";
import { memberNames } from "@/server/modules/directory/service";
import { getOrganization } from "@/server/modules/organizations/service";
import { existing, heldByAnother } from "./existing";
import { insertNote, setClosed, setHolder, setOpen, tellPages } from "./repository";

/**
 * Takes a conversation: of two who press at once one gets it, and the other learns who. `from`: who the page says has it; of a colleague
 * it is taken over with a word. Where neither a run nor an open question calls for a person, the customer is told that a colleague
 * writes now; what their run waits for stays as it is.
 */
export async function claimConversation(
  actor: UserActor,
  idText: string,
  { from, word }: { from: string | null; word: string },
): Promise<void> {
  requireScope(actor, "conversations:write");
  const row = await existing(actor, idText);
  if (row.assignedToId === actor.userId) return;
  if (from !== null && word === "")
    throw new AppError("validation_failed", "Say why you take it over.", [
      { code: "required", severity: "error", path: "word", message: "Say why you take it over." },
    ]);
  const which = { organizationId: actor.organizationId, id: row.id };
  const isCalledFor = row.handedOverAt !== null || row.needsAnswerSince !== null;
  const organization = await getOrganization(actor);
  const names = await memberNames(actor.organizationId);
  const isTaken = await withTransaction(async (tx) => {
    if (!(await setHolder(tx, which, from, actor.userId))) return false;
    if (from !== null)
      await note(tx, actor, row.id, `Taken over from ${names.get(from) ?? "somebody who left"}: ${word}`);
    if (from === null && !isCalledFor)
      await insertMessage(tx, {
        id: newId(),
        organizationId: actor.organizationId,
        conversationId: row.id,
        author: "workflow",
        authorName: organization.name,
        body: `${actor.name} is in this conversation now and writes to you here.`,
      });
    await writeAudit(tx, actor, "conversation.claimed", { type: "conversation", id: row.id }, { from });
    await tellPages(tx, which);
    return true;
  });
  if (!isTaken) throw await heldByAnother(actor, row.id);
}

/** Gives it back to the queue; the word is noted for whoever takes it next. */
export async function releaseConversation(actor: UserActor, idText: string, word: string): Promise<void> {
  requireScope(actor, "conversations:write");
  const row = await existing(actor, idText);
  const which = { organizationId: actor.organizationId, id: row.id };
  if (row.assignedToId === null) return;
  const isReleased = await withTransaction(async (tx) => {
    if (!(await setHolder(tx, which, actor.userId, null))) return false;
    if (word !== "") await note(tx, actor, row.id, `Released: ${word}`);
    await writeAudit(tx, actor, "conversation.released", { type: "conversation", id: row.id });
    await tellPages(tx, which);
    return true;
  });
  if (!isReleased) throw await heldByAnother(actor, row.id);
}

/** Nothing is left to do in it. What the customer writes next opens it again. */
export async function closeConversation(actor: UserActor, idText: string): Promise<void> {
  requireScope(actor, "conversations:write");
  const row = await existing(actor, idText);
  const which = { organizationId: actor.organizationId, id: row.id };
  const isClosed = await withTransaction(async (tx) => {
    if (!(await setClosed(tx, which, actor.userId))) return false;
    await writeAudit(tx, actor, "conversation.closed", { type: "conversation", id: row.id });
    await tellPages(tx, which);
    return true;
  });
  if (isClosed) return;
  if ((await existing(actor, row.id)).handedOverAt !== null)
    throw new AppError("conflict", "A run waits for this conversation. Hand it back first, then close it.");
  throw await heldByAnother(actor, row.id);
}

export async function reopenConversation(actor: UserActor, idText: string): Promise<void> {
  requireScope(actor, "conversations:write");
  const row = await existing(actor, idText);
  const which = { organizationId: actor.organizationId, id: row.id };
  await withTransaction(async (tx) => {
    await setOpen(tx, which);
    await writeAudit(tx, actor, "conversation.reopened", { type: "conversation", id: row.id });
    await tellPages(tx, which);
  });
}

function note(tx: Transaction, actor: UserActor, conversationId: string, body: string): Promise<void> {
  return insertNote(tx, {
    id: newId(),
    organizationId: actor.organizationId,
    conversationId,
    authorId: actor.userId,
    authorName: actor.name,
    body,
  });
}
