import { AppError } from "@/core/errors";
import { readId } from "@/core/ids";
import type { Actor } from "@/server/db/tenant";
import { memberNames } from "@/server/modules/directory/service";
import { findConversation, type DeskRow } from "./repository";

export async function existing(actor: Actor, idText: string): Promise<DeskRow> {
  const id = readId("conversation", idText);
  const row = id === null ? null : await findConversation(actor.organizationId, id);
  if (!row) throw new AppError("not_found", "There is no such conversation.");
  return row;
}

/** Somebody else was faster: the refusal says who has it now. */
export async function heldByAnother(actor: Actor, id: string): Promise<AppError> {
  const { assignedToId } = await existing(actor, id);
  if (assignedToId === null)
    return new AppError("conflict", "Nobody has this conversation any more. Look at it again, then claim it.");
  if (assignedToId === actor.userId) return new AppError("conflict", "You have this conversation.");
  const name = (await memberNames(actor.organizationId)).get(assignedToId) ?? "Somebody who left";
  return new AppError("conflict", `${name} has this conversation. Take it over first, or leave it to them.`);
}
