import { hashToken } from "@/server/digest";
import { AppError } from "@/core/errors";
import { contactActor } from "@/server/auth/actor";
import type { Actor } from "@/server/db/tenant";
import type { ContactRow } from "@/server/modules/contacts/service";
import { noteLinkKnown } from "./link-store";
import { conversationOfNewsKey, isNewsKeyOf } from "./link-token";
import {
  findContacts,
  findConversationById,
  findConversationByToken,
  hasMessageSince,
  type ConversationRow,
} from "./repository";

/** A link opens its conversation for so long after the last message. */
const linkDays = 90;
const dayMs = 24 * 60 * 60_000;

export interface Opened {
  conversation: ConversationRow;
  contact: ContactRow;
  actor: Actor;
}

/** The conversation that a customer's link opens, and the customer as who they act. */
export async function openConversation(token: string): Promise<Opened> {
  return opened(await findConversationByToken(hashToken(token)));
}

/**
 * The same for what is written there. A colleague who is signed in while they act in the customer's place has the link: four eyes count
 * them among those who may have asked for what comes of it.
 */
export async function openToAct(token: string, visitor: Actor | null): Promise<Opened> {
  const { conversation, ...others } = await openConversation(token);
  const { organizationId } = others.actor;
  const colleague = visitor?.organizationId === organizationId ? visitor.userId : null;
  if (colleague === null || conversation.linkKnownTo.includes(colleague)) return { conversation, ...others };
  await noteLinkKnown(organizationId, conversation.id, colleague);
  return { conversation: { ...conversation, linkKnownTo: [...conversation.linkKnownTo, colleague] }, ...others };
}

/** The conversation that an open page wants to hear news of. */
export async function openForNews(newsKey: string): Promise<Opened> {
  const id = conversationOfNewsKey(newsKey);
  const conversation = id === null ? null : await findConversationById(id);
  return opened(conversation && isNewsKeyOf(conversation, newsKey) ? conversation : null);
}

async function opened(conversation: ConversationRow | null): Promise<Opened> {
  if (!conversation || (await isOver(conversation))) throw unknownLink();
  // Holding the link is what lets somebody in as this contact.
  const organizationId = contactActor({
    id: conversation.contactId,
    name: "",
    email: null,
    organizationId: conversation.organizationId,
  }).organizationId;
  const [contact] = await findContacts(organizationId, [conversation.contactId]);
  if (!contact) throw unknownLink();
  return {
    conversation,
    contact,
    actor: contactActor({ id: contact.id, name: contact.name, email: contact.email, organizationId }),
  };
}

async function isOver({ id, updatedAt }: ConversationRow): Promise<boolean> {
  const since = new Date(Date.now() - linkDays * dayMs);
  // What a workflow writes does not touch the conversation's own row.
  return updatedAt < since && !(await hasMessageSince(id, since));
}

function unknownLink(): AppError {
  return new AppError(
    "not_found",
    "This link does not open a conversation. Check that it is complete, or ask for a new one.",
  );
}
