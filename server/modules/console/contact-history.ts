import type { ContactHistory, ConversationBrief } from "@/core/contracts/console";
import { hasScope, requireScope, type UserActor } from "@/server/db/tenant";
import { getContact } from "@/server/modules/contacts/service";
import { formsOfRuns } from "@/server/modules/conversations/service";
import { listRunsFor } from "@/server/modules/runs/service";
import { readId } from "@/core/ids";
import { listOfContact } from "./repository";

const shown = 50;

/** What there was with a contact: conversations, runs and what they were asked to fill in, the latest first. */
export async function contactHistory(actor: UserActor, idText: string): Promise<ContactHistory> {
  requireScope(actor, "conversations:read");
  const contact = await getContact(actor, idText);
  const { organizationId } = actor;
  const [conversations, runs] = await Promise.all([
    listOfContact(organizationId, { contactId: contact.id, except: null }, shown),
    hasScope(actor, "runs:read")
      ? listRunsFor(actor, { contactId: contact.id, test: false }, { limit: shown, offset: 0 })
      : { items: [] },
  ]);
  const runIds = runs.items.flatMap(({ id }) => readId("run", id) ?? []);
  const forms = await formsOfRuns(organizationId, runIds);
  return {
    mayChange: hasScope(actor, "conversations:write"),
    conversations: conversations.map(briefConversation),
    runs: runs.items,
    forms: forms.map(({ id, title, asked_at: askedAt, status, answered_at: answeredAt }) => ({
      id,
      title,
      askedAt,
      status,
      answeredAt,
    })),
  };
}

export function briefConversation(row: {
  id: string;
  subject: string;
  updatedAt: Date;
  closedAt: Date | null;
}): ConversationBrief {
  return { id: row.id, subject: row.subject, at: row.updatedAt.toISOString(), isOpen: row.closedAt === null };
}
