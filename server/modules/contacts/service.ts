import type { ContactItem, CreateContact } from "@/core/contracts/contact";
import { AppError } from "@/core/errors";
import { newId, readId } from "@/core/ids";
import { asObject, type Json, type JsonObject } from "@/core/json";
import { byCreation, listPage, type Page, type PageRequest } from "@/server/api/rest/list-page";
import { requireScope, type Actor, type OrganizationId } from "@/server/db/tenant";
import { withTransaction, writeAudit } from "@/server/db/transaction";
import { deliverEvent, recordEvent } from "@/server/modules/events/service";
import { findContact, insertContact, listContacts, type ContactRow } from "./repository";

export type { ContactRow } from "./repository";

/** Newest first. */
export async function listContactItems(actor: Actor, request: PageRequest): Promise<Page<ContactItem>> {
  requireScope(actor, "contacts:read");
  const page = await listPage(request, byCreation, (slice) => listContacts(actor.organizationId, slice));
  return { ...page, items: page.items.map(describe) };
}

export async function getContact(actor: Actor, idText: string): Promise<ContactItem> {
  requireScope(actor, "contacts:read");
  const id = readId("contact", idText);
  const row = id === null ? null : await findContact(actor.organizationId, { id });
  if (!row) throw new AppError("not_found", "There is no such contact.");
  return describe(row);
}

/** Whom a conversation is with; it outlives the contact. */
export async function contactOf(
  organizationId: OrganizationId,
  id: string,
): Promise<Pick<ContactItem, "id" | "name" | "email" | "phone" | "plan">> {
  const row = await findContact(organizationId, { id });
  if (!row) return { id, name: "A former contact", email: null, phone: null, plan: null };
  const { name, email, phone, plan } = row;
  return { id, name, email, phone, plan };
}

/** The contact with this e-mail address, or a new one, which is announced as `contact.created`. */
export async function findOrCreateContact(actor: Actor, given: CreateContact): Promise<ContactRow> {
  const { organizationId } = actor;
  const email = given.email?.toLowerCase() ?? null;
  const known = email === null ? null : await findContact(organizationId, { email });
  if (known) return known;
  const id = newId();
  const event = await withTransaction(async (tx) => {
    const contact = {
      id,
      organizationId,
      name: given.name,
      email,
      phone: given.phone ?? null,
      plan: given.plan ?? null,
      data: given.data ?? {},
    };
    if (!(await insertContact(tx, contact))) return null;
    await writeAudit(tx, actor, "contact.created", { type: "contact", id });
    return recordEvent(
      tx,
      organizationId,
      "contact.created",
      { contact: contactFacts(contact) },
      {
        externalId: id,
        contactId: id,
        requestedBy: email ?? given.name,
        ...(actor.userId === null ? {} : { initiatedBy: actor.userId }),
      },
    );
  });
  if (event) await deliverEvent(event);
  const row = await findContact(organizationId, event || email === null ? { id } : { email });
  if (!row) throw new AppError("conflict", "This contact is being changed at this moment. Try again.");
  return row;
}

/** What events and expressions know of a contact. */
export function contactFacts({ id, name, email, phone, plan, data }: Omit<ContactRow, "createdAt">): JsonObject {
  return { id, name, email, phone, plan, data: dataOf({ data }) };
}

function describe(row: ContactRow): ContactItem {
  const { id, name, email, phone, plan } = row;
  return { id, name, email, phone, plan, data: dataOf(row), created_at: row.createdAt.toISOString() };
}

/** The column holds the JSON object that was checked on the way in. */
function dataOf({ data }: Pick<ContactRow, "data">): JsonObject {
  return asObject(data as Json);
}
