import type { ChangeContact, ContactItem, CreateContact } from "@/core/contracts/contact";
import { AppError } from "@/core/errors";
import { newId, readId } from "@/core/ids";
import { asObject, type Json, type JsonObject } from "@/core/json";
import { byCreation, listPage, type Page, type PageRequest } from "@/server/api/rest/list-page";
import { requireScope, type Actor, type OrganizationId } from "@/server/db/tenant";
import { withTransaction, writeAudit } from "@/server/db/transaction";
import { isUniqueViolation } from "@/server/db/unique";
import { deliverEvent, recordEvent } from "@/server/modules/events/service";
import { findContact, insertContact, listContacts, updateContact, type ContactRow } from "./repository";

export type { ContactRow } from "./repository";

/** Newest first. `search`: only those whose name, address or number contains it. */
export async function listContactItems(actor: Actor, request: PageRequest, search = ""): Promise<Page<ContactItem>> {
  requireScope(actor, "contacts:read");
  const page = await listPage(request, byCreation, (slice) => listContacts(actor.organizationId, slice, search.trim()));
  return { ...page, items: page.items.map(describe) };
}

export async function getContact(actor: Actor, idText: string): Promise<ContactItem> {
  requireScope(actor, "contacts:read");
  const id = readId("contact", idText);
  const row = id === null ? null : await findContact(actor.organizationId, { id });
  if (!row) throw notFound();
  return describe(row);
}

/** Corrects who somebody is and where they are reached: by those who answer customers. What was sent already stays as it was. */
export async function changeContact(actor: Actor, idText: string, given: ChangeContact): Promise<ContactItem> {
  requireScope(actor, "conversations:write");
  const { organizationId } = actor;
  const before = await getContact(actor, idText);
  const data = { name: given.name, email: given.email?.toLowerCase() ?? null, phone: given.phone };
  const fields = (["name", "email", "phone"] as const).filter((field) => before[field] !== data[field]);
  if (fields.length === 0) return before;
  await withTransaction(async (tx) => {
    const isThere = await updateContact(tx, { organizationId, id: before.id }, data).catch((error: unknown) => {
      throw isUniqueViolation(error) ? addressTaken() : error;
    });
    if (!isThere) throw notFound();
    // Which fields, not what stands in them: the log is never changed, and people may ask to be forgotten.
    await writeAudit(tx, actor, "contact.changed", { type: "contact", id: before.id }, { fields });
  });
  return getContact(actor, before.id);
}

function addressTaken(): AppError {
  const message = "Another contact has this e-mail address already.";
  return new AppError("conflict", message, [{ code: "taken", severity: "error", path: "email", message }]);
}

function notFound(): AppError {
  return new AppError("not_found", "There is no such contact.");
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
