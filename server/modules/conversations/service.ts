import { hashToken } from "@/server/digest";
import type {
  Conversation,
  ConversationDetail,
  ConversationWithLink,
  CreateConversation,
} from "@/core/contracts/conversation-rest";
import { AppError } from "@/core/errors";
import { newId, readId } from "@/core/ids";
import { byTime, listPage, type Page, type PageRequest } from "@/server/api/rest/list-page";
import { keyRing } from "@/server/auth/key-ring";
import { conversationContext } from "@/server/integrations/secrets/key-ring";
import { requireScope, type Actor } from "@/server/db/tenant";
import { withTransaction, writeAudit } from "@/server/db/transaction";
import { env } from "@/server/env";
import { contactFacts, findOrCreateContact } from "@/server/modules/contacts/service";
import { deliverEvent, recordEvent } from "@/server/modules/events/service";
import { askedForms } from "./asked-forms";
import { newLinkToken } from "./link-token";
import * as repository from "./repository";
import type { ConversationRow } from "./repository";
import { messageOutcomes } from "./taken";

export { insertMessage } from "./repository";
export { nudgeRequest, withdrawRequest } from "./requests";
export { formsOfRuns } from "./asked-forms";
export { conversationNews } from "./customer-news";
export {
  formOfConversation,
  formsOfConversation,
  readConversation,
  sendFromCustomer,
  submitCustomerForm,
} from "./customer";

const shownMessages = 200;
const byLatestMessage = byTime<ConversationRow>((row) => row.updatedAt);

export interface OpenedConversation {
  id: string;
  contactId: string;
  /** Opens the customer's page; kept only sealed and as a hash. */
  token: string;
  link: string;
}

/** Opens a thread with a customer, who needs no account: the link is the key. */
export async function createConversation(actor: Actor, given: CreateConversation): Promise<OpenedConversation> {
  if (actor.userId !== null) requireScope(actor, "conversations:write");
  const { organizationId } = actor;
  const contact = await findOrCreateContact(actor, given.contact);
  const id = newId();
  const token = newLinkToken();
  const event = await withTransaction(async (tx) => {
    await repository.insertConversation(tx, {
      id,
      organizationId,
      contactId: contact.id,
      subject: given.subject,
      ...storedToken(organizationId, id, token),
      linkKnownTo: known(actor),
      quickReplies: given.quick_replies,
    });
    await writeAudit(tx, actor, "conversation.created", { type: "conversation", id }, { contactId: contact.id });
    return recordEvent(
      tx,
      organizationId,
      "conversation.opened",
      { conversationId: id, subject: given.subject, contact: contactFacts(contact) },
      {
        externalId: id,
        contactId: contact.id,
        conversationId: id,
        requestedBy: contact.email ?? contact.name,
        ...(actor.userId === null ? {} : { initiatedBy: actor.userId }),
      },
    );
  });
  await deliverEvent(event);
  return { id, contactId: contact.id, token, link: customerLink(token) };
}

export async function listConversationItems(actor: Actor, request: PageRequest): Promise<Page<Conversation>> {
  requireScope(actor, "conversations:read");
  const { items: rows, nextCursor } = await listPage(request, byLatestMessage, (slice) =>
    repository.listConversations(actor.organizationId, slice),
  );
  const contacts = await repository.findContacts(
    actor.organizationId,
    rows.map(({ contactId }) => contactId),
  );
  const items = rows.map((row) =>
    describe(
      row,
      contacts.find(({ id }) => id === row.contactId),
    ),
  );
  return { items, nextCursor };
}

export async function getConversation(actor: Actor, idText: string): Promise<ConversationDetail> {
  requireScope(actor, "conversations:read");
  const row = await existing(actor, idText);
  const { organizationId } = actor;
  const [[contact], messages, forms] = await Promise.all([
    repository.findContacts(organizationId, [row.contactId]),
    repository.listMessages(organizationId, row.id, shownMessages),
    askedForms(organizationId, row.id),
  ]);
  const outcomes = await messageOutcomes(organizationId, messages);
  return {
    ...describe(row, contact),
    link_made_at: row.linkMadeAt.toISOString(),
    forms,
    messages: messages.map(({ id, author, authorName, body, createdAt }) => ({
      id,
      author,
      author_name: authorName,
      body,
      at: createdAt.toISOString(),
      outcome: outcomes.get(id) ?? null,
    })),
  };
}

/** A person of the team writes to the customer. */
export async function reply(actor: Actor, idText: string, body: string): Promise<ConversationDetail> {
  requireScope(actor, "conversations:write");
  const row = await existing(actor, idText);
  const messageId = newId();
  await withTransaction(async (tx) => {
    await repository.insertMessage(tx, {
      id: messageId,
      organizationId: actor.organizationId,
      conversationId: row.id,
      author: "operator",
      authorName: actor.name,
      body,
    });
    await writeAudit(tx, actor, "conversation.replied", { type: "conversation", id: row.id }, { messageId });
  });
  return getConversation(actor, row.id);
}

/**
 * A new link for the customer. The one they had opens nothing from now on. Whoever is given a link could answer as the customer,
 * so four eyes count them among those who gave what comes through it.
 */
export async function rotateLink(actor: Actor, idText: string): Promise<ConversationWithLink> {
  requireScope(actor, "conversations:write");
  const { id } = await existing(actor, idText);
  const { organizationId } = actor;
  const token = newLinkToken();
  await withTransaction(async (tx) => {
    await repository.replaceToken(tx, { organizationId, id }, storedToken(organizationId, id, token), known(actor));
    await writeAudit(tx, actor, "conversation.link_rotated", { type: "conversation", id });
  });
  return { ...(await getConversation(actor, id)), link: customerLink(token) };
}

function storedToken(organizationId: string, id: string, token: string): { tokenHash: string; tokenSealed: string } {
  return {
    tokenHash: hashToken(token),
    tokenSealed: keyRing().seal(token, conversationContext(organizationId, id)),
  };
}

function known(actor: Actor): string[] {
  return actor.userId === null ? [] : [actor.userId];
}

function customerLink(token: string): string {
  return `${env().HOLDPOINT_BASE_URL}/c/${token}`;
}

async function existing(actor: Actor, idText: string): Promise<ConversationRow> {
  const id = readId("conversation", idText);
  const row = id === null ? null : await repository.findConversation(actor.organizationId, id);
  if (!row) throw new AppError("not_found", "There is no such conversation.");
  return row;
}

function describe(
  row: ConversationRow,
  contact: { id: string; name: string; email: string | null } | undefined,
): Conversation {
  return {
    id: row.id,
    subject: row.subject,
    contact: { id: row.contactId, name: contact?.name ?? "A former contact", email: contact?.email ?? null },
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
  };
}
