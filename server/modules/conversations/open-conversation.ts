import { AppError } from "@/core/errors";
import { contactActor } from "@/server/auth/actor";
import type { Actor } from "@/server/db/tenant";
import type { ContactRow } from "@/server/modules/contacts/service";
import { hashLinkToken } from "./link-token";
import { findContacts, findConversationByToken, type ConversationRow } from "./repository";

/** The conversation that a customer's link opens, and the customer as who they act. */
export async function openConversation(
  token: string,
): Promise<{ conversation: ConversationRow; contact: ContactRow; actor: Actor }> {
  const conversation = await findConversationByToken(hashLinkToken(token));
  if (!conversation) throw unknownLink();
  // Holding the token is what lets somebody in as this contact.
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

function unknownLink(): AppError {
  return new AppError(
    "not_found",
    "This link does not open a conversation. Check that it is complete, or ask for a new one.",
  );
}
