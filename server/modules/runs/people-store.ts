import type { Pool } from "pg";
import type { Json } from "@/core/json";
import type { JournalRun } from "./journal";

export type PeopleLoader = (run: JournalRun) => Promise<{ contact: Json; conversation: Json }>;

/** What expressions know as `contact` and `conversation`. */
export function createPeopleLoader(pool: Pool): PeopleLoader {
  return async (run) => {
    const { rows } = await pool.query<{ contact: Json; conversation: Json }>({
      name: "run_people",
      text: `select
        (select jsonb_build_object('id', id, 'name', name, 'email', email, 'phone', phone, 'plan', plan, 'data', data)
         from contacts where id = $2 and organization_id = $1) as contact,
        (select jsonb_build_object('id', id, 'subject', subject, 'contactId', contact_id)
         from conversations where id = $3 and organization_id = $1) as conversation`,
      values: [run.organizationId, run.contactId, run.conversationId],
    });
    return rows[0] ?? { contact: null, conversation: null };
  };
}
